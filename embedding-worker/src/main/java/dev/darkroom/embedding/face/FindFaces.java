package dev.darkroom.embedding.face;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.face.FoundFaces.Found;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.faces.Face;
import dev.darkroom.inference.faces.FaceModel;
import dev.darkroom.inference.faces.Point;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.schema.AssetCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Looks for the faces in a picture.
class FindFaces implements Work<AssetCreated, FoundFaces> {
    private final Pictures pictures;
    private final UserModel standing;
    private final FaceModel model;
    private final FaceSpaces spaces;
    private final Faces faces;
    private final FaceProperties properties;

    FindFaces(
            Pictures pictures,
            UserModel standing,
            FaceModel model,
            FaceSpaces spaces,
            Faces faces,
            FaceProperties properties) {
        this.pictures = pictures;
        this.standing = standing;
        this.model = model;
        this.spaces = spaces;
        this.faces = faces;
        this.properties = properties;
    }

    @Override
    public FoundFaces perform(AssetCreated asset) throws Exception {
        RgbPicture picture = pictures.of(asset, properties.edge());
        RgbImage image = new RgbImage(picture.width(), picture.height(), picture.rgb());
        List<Found> found = new ArrayList<>();
        for (Face face : standing.ask(() -> model.faces(image, properties.minScore()))) {
            Box.of(face.box(), image.width(), image.height())
                    .map(box -> new Found(box, landmarks(face, image), face.score(), face.vector()))
                    .ifPresent(found::add);
        }
        FaceSpaces.Current current = standing.ask(() -> spaces.current(model.info()));
        return new FoundFaces(current.modelId(), current.space(), found);
    }

    @Override
    public void record(List<Done<AssetCreated, FoundFaces>> done) {
        done.stream()
                .collect(Collectors.groupingBy(one -> one.result().modelId()))
                .values()
                .forEach(faces::put);
    }

    /// Points may lie outside of the picture, where a face is cut off.
    private static String landmarks(Face face, RgbImage image) {
        return face.landmarks().stream()
                .map(point -> landmark(point, image))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String landmark(Point point, RgbImage image) {
        return String.format(
                Locale.ROOT, "[%.5f, %.5f]", point.x() / image.width(), point.y() / image.height());
    }
}
