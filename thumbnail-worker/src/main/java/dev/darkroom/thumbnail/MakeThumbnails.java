package dev.darkroom.thumbnail;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.AssetCreated;
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

/// Renders one photo in all sizes and stores them; then writes the rows of a batch.
class MakeThumbnails implements Work<AssetCreated, Made> {
    private final Repositories repositories;
    private final Thumbnails thumbnails;
    private final MediaPool media;
    private final RenderRequest request;

    MakeThumbnails(
            Repositories repositories,
            Thumbnails thumbnails,
            MediaPool media,
            RenderRequest request) {
        this.repositories = repositories;
        this.thumbnails = thumbnails;
        this.media = media;
        this.request = request;
    }

    @Override
    public Made perform(AssetCreated asset) throws GiveUp, IOException, InterruptedException {
        Rendered rendered = render(asset, original(asset));
        DerivedStore derived = repositories.derived();
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        for (Rendition rendition : rendered.renditions()) {
            blobs.put(keyFor(asset, rendition.name()), rendition.bytes());
        }
        try {
            return made(rendered, derived, derived.blobs().putAll(blobs));
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    @Override
    public void record(List<Done<AssetCreated, Made>> done) {
        thumbnails.put(done);
    }

    private Path original(AssetCreated asset) throws GiveUp, IOException {
        StorageUri source = asset.source();
        if (!source.scheme().equals("repo")) {
            throw new GiveUp("originals are read from repositories only: " + source);
        }
        try {
            return repositories.original(source);
        } catch (NoSuchFileException e) {
            throw new GiveUp("the original is gone: " + source, e);
        }
    }

    private Rendered render(AssetCreated asset, Path original)
            throws GiveUp, IOException, InterruptedException {
        try {
            return renderTwice(asset, original);
        } catch (UnreadableMedia e) {
            throw new GiveUp(asset.fileName() + ": " + e.getMessage(), e);
        } catch (MediaChildLost e) {
            throw new GiveUp(String.valueOf(e.getMessage()), e); // it names the file
        }
    }

    /// A child that dies once may have had bad luck; one that dies twice on the same file tells of
    /// the file.
    private Rendered renderTwice(AssetCreated asset, Path original)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        try {
            return media.render(original, asset.fileName(), request);
        } catch (MediaChildLost e) {
            if (!e.kind().mayBeBadLuck()) {
                throw e;
            }
            return media.render(original, asset.fileName(), request);
        }
    }

    /// The key says which asset, version and size it is, so work that is done twice writes the same
    /// file. The folder is named after the random end of the id, which spreads evenly.
    private static BlobKey keyFor(AssetCreated asset, String size) {
        String id = asset.assetId().toString();
        return BlobKey.of(
                "thumbnails",
                id.substring(id.length() - 2),
                "%s-v%d-%s.jpg".formatted(id, asset.version(), size));
    }

    private static Made made(Rendered rendered, DerivedStore store, List<StoredBlob> blobs) {
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
                            rendition.width(),
                            rendition.height()));
        }
        return new Made(stored, HexFormat.of().formatHex(rendered.thumbHash()));
    }
}
