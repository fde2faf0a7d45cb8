package dev.darkroom.thumbnail;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
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
import java.util.UUID;

/// Draws one photo in the sizes that are wanted, and stores them.
class Drawing {
    private final Repositories repositories;
    private final MediaPool media;

    Drawing(Repositories repositories, MediaPool media) {
        this.repositories = repositories;
        this.media = media;
    }

    /// The version of an asset that is drawn, and where its original is.
    record Photo(UUID assetId, long version, StorageUri source, String fileName) {}

    Made draw(Photo photo, RenderRequest wanted) throws GiveUp, IOException, InterruptedException {
        Rendered rendered = render(photo, original(photo), wanted);
        DerivedStore derived = repositories.derived();
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        for (Rendition rendition : rendered.renditions()) {
            blobs.put(keyFor(photo, rendition), rendition.bytes());
        }
        try {
            return made(photo, rendered, derived, derived.blobs().putAll(blobs));
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    private Path original(Photo photo) throws GiveUp, IOException {
        StorageUri source = photo.source();
        if (!source.scheme().equals("repo")) {
            throw new GiveUp("originals are read from repositories only: " + source);
        }
        try {
            return repositories.original(source);
        } catch (NoSuchFileException e) {
            throw new GiveUp("the original is gone: " + source, e);
        }
    }

    private Rendered render(Photo photo, Path original, RenderRequest wanted)
            throws GiveUp, IOException, InterruptedException {
        try {
            return renderTwice(photo, original, wanted);
        } catch (UnreadableMedia e) {
            throw new GiveUp(photo.fileName() + ": " + e.getMessage(), e);
        } catch (MediaChildLost e) {
            throw new GiveUp(String.valueOf(e.getMessage()), e); // it names the file
        }
    }

    /// A child that dies once may have had bad luck; one that dies twice on the same file tells of
    /// the file.
    private Rendered renderTwice(Photo photo, Path original, RenderRequest wanted)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        try {
            return media.render(original, photo.fileName(), wanted);
        } catch (MediaChildLost e) {
            if (!e.kind().mayBeBadLuck()) {
                throw e;
            }
            return media.render(original, photo.fileName(), wanted);
        }
    }

    /// The key says which asset, version and size it is, so work that is done twice writes the same
    /// file. The folder is named after the random end of the id, which spreads evenly.
    private static BlobKey keyFor(Photo photo, Rendition rendition) {
        String id = photo.assetId().toString();
        return BlobKey.of(
                "thumbnails",
                id.substring(id.length() - 2),
                "%s-v%d-%s.%s"
                        .formatted(
                                id,
                                photo.version(),
                                rendition.name(),
                                rendition.format().extension()));
    }

    private static Made made(
            Photo photo, Rendered rendered, DerivedStore store, List<StoredBlob> blobs) {
        List<Made.Stored> stored = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            Rendition rendition = rendered.renditions().get(i);
            StoredBlob blob = blobs.get(i);
            stored.add(
                    new Made.Stored(
                            rendition.name(),
                            StorageUri.ofBlob(store.repositoryId(), blob.key().value()),
                            blob.sha256(),
                            blob.size(),
                            rendition.format().mimeType(),
                            rendition.width(),
                            rendition.height()));
        }
        return new Made(
                photo.assetId(),
                photo.version(),
                stored,
                HexFormat.of().formatHex(rendered.thumbHash()));
    }
}
