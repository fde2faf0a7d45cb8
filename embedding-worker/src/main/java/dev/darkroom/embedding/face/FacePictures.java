package dev.darkroom.embedding.face;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.embedding.face.FacePlaces.Place;
import dev.darkroom.embedding.face.FacePlaces.Thumbnail;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.media.RgbPicture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Cuts faces out of pictures: out of a thumbnail where the face is large enough in one, which
/// takes a fraction of the time, or out of the original. A child process decodes.
class FacePictures {
    /// The most that is decoded for a small face in a large picture.
    private static final int MOST_EDGE = 3_000;

    private final FacePlaces places;
    private final Pictures pictures;

    FacePictures(FacePlaces places, Pictures pictures) {
        this.places = places;
        this.pictures = pictures;
    }

    /// A square JPEG around a face, of at most so many pixels; empty when there is no such face.
    ///
    /// @throws GiveUp when no picture can be made of it, ever
    Optional<byte[]> of(UUID face, int size) throws GiveUp, IOException, InterruptedException {
        Optional<Place> place = places.find(face);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        RgbPicture picture = picture(face, place.get(), size);
        return Optional.of(FaceCut.of(picture, place.get().box(), size).jpeg());
    }

    private RgbPicture picture(UUID face, Place place, int size)
            throws GiveUp, IOException, InterruptedException {
        List<Thumbnail> enough =
                places.thumbnails(face).stream()
                        .filter(one -> FaceCut.side(place.box(), one.width(), one.height()) >= size)
                        .toList();
        if (!enough.isEmpty()) {
            Thumbnail smallest = enough.getFirst();
            try {
                return pictures.of(
                        smallest.file(),
                        place.fileName(),
                        Math.max(smallest.width(), smallest.height()));
            } catch (GiveUp gone) {
                // It was replaced, or removed, a moment ago: the original has it all.
                return original(place, size);
            }
        }
        return original(place, size);
    }

    private RgbPicture original(Place place, int size)
            throws GiveUp, IOException, InterruptedException {
        double part =
                Math.max(place.box().width().doubleValue(), place.box().height().doubleValue());
        return pictures.of(
                place.original(),
                place.fileName(),
                (int) Math.clamp(Math.ceil(size / part), size, MOST_EDGE));
    }
}
