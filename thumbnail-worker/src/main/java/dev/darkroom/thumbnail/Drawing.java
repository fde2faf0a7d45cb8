package dev.darkroom.thumbnail;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Skip;
import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.StorageFull;
import dev.darkroom.storage.StoredBlob;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Draws one photo, one moment of a video or the look of a sound in the sizes that are wanted, and
/// stores them.
class Drawing {
    private static final Logger log = LoggerFactory.getLogger(Drawing.class);

    private final Repositories repositories;
    private final MediaPool media;

    Drawing(Repositories repositories, MediaPool media) {
        this.repositories = repositories;
        this.media = media;
    }

    /// The version of an asset that is drawn, and where its file is.
    record Original(UUID assetId, long version, StorageUri source, String fileName) {}

    /// A picture on its way into the store.
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Picture(
            String size, String mimeType, String extension, int width, int height, byte[] bytes) {
        static Picture of(Rendition rendition) {
            return new Picture(
                    rendition.name(),
                    rendition.format().mimeType(),
                    rendition.format().extension(),
                    rendition.width(),
                    rendition.height(),
                    rendition.bytes());
        }
    }

    /// @param loopEdge the longer edge of a loop that is made beside them; 0 makes none
    Made draw(Original original, RenderRequest wanted, int loopEdge)
            throws GiveUp, IOException, InterruptedException {
        Path file = file(original);
        Rendered rendered = render(original, file, wanted);
        List<Picture> pictures = new ArrayList<>();
        rendered.renditions().forEach(rendition -> pictures.add(Picture.of(rendition)));
        if (loopEdge > 0) {
            loop(original, file, loopEdge).ifPresent(pictures::add);
        }
        DerivedStore derived = repositories.derived();
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        pictures.forEach(picture -> blobs.put(keyFor(original, picture), picture.bytes()));
        try {
            List<StoredBlob> stored = derived.blobs().putAll(blobs);
            return made(original, pictures, rendered.thumbHash(), derived, stored);
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    private Path file(Original original) throws GiveUp, IOException {
        StorageUri source = original.source();
        if (!source.scheme().equals("repo")) {
            throw new GiveUp("originals are read from repositories only: " + source);
        }
        try {
            return repositories.original(source);
        } catch (NoSuchFileException e) {
            throw new GiveUp("the original is gone: " + source, e);
        }
    }

    private Rendered render(Original original, Path file, RenderRequest wanted)
            throws GiveUp, IOException, InterruptedException {
        try {
            return renderTwice(original, file, wanted);
        } catch (MissingDecoder e) {
            throw new Skip(original.fileName() + ": " + e.getMessage(), e);
        } catch (UnreadableMedia e) {
            throw new GiveUp(original.fileName() + ": " + e.getMessage(), e);
        } catch (MediaChildLost e) {
            throw new GiveUp(String.valueOf(e.getMessage()), e); // it names the file
        }
    }

    /// A child that dies once may have had bad luck; one that dies twice on the same file tells of
    /// the file.
    private Rendered renderTwice(Original original, Path file, RenderRequest wanted)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        try {
            return media.render(file, original.fileName(), wanted);
        } catch (MediaChildLost e) {
            if (!e.kind().mayBeBadLuck()) {
                throw e;
            }
            return media.render(file, original.fileName(), wanted);
        }
    }

    /// A video whose poster is there is worth keeping without a loop.
    private Optional<Picture> loop(Original original, Path file, int edge)
            throws IOException, InterruptedException {
        try {
            return media.animate(file, original.fileName(), edge).map(Drawing::picture);
        } catch (UnreadableMedia | MediaChildLost e) {
            log.atInfo()
                    .addKeyValue("assetId", original.assetId())
                    .addKeyValue("reason", e.getMessage())
                    .log("A video has no loop");
            return Optional.empty();
        }
    }

    private static Picture picture(Loop loop) {
        return new Picture(
                MakeThumbnails.LOOP,
                "image/webp",
                "webp",
                loop.width(),
                loop.height(),
                loop.webp());
    }

    /// The key says which asset, version and size it is, so work that is done twice writes the same
    /// file. The folder is named after the random end of the id, which spreads evenly.
    private static BlobKey keyFor(Original original, Picture picture) {
        String id = original.assetId().toString();
        return BlobKey.of(
                "thumbnails",
                id.substring(id.length() - 2),
                "%s-v%d-%s.%s"
                        .formatted(id, original.version(), picture.size(), picture.extension()));
    }

    private static Made made(
            Original original,
            List<Picture> pictures,
            byte[] thumbHash,
            DerivedStore store,
            List<StoredBlob> blobs) {
        List<Made.Stored> stored = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            Picture picture = pictures.get(i);
            StoredBlob blob = blobs.get(i);
            stored.add(
                    new Made.Stored(
                            picture.size(),
                            StorageUri.ofBlob(store.repositoryId(), blob.key().value()),
                            blob.sha256(),
                            blob.size(),
                            picture.mimeType(),
                            picture.width(),
                            picture.height()));
        }
        return new Made(
                original.assetId(),
                original.version(),
                stored,
                HexFormat.of().formatHex(thumbHash));
    }
}
