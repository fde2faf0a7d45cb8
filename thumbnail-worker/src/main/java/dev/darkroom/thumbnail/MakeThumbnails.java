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
import dev.darkroom.schema.AssetType;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders one photo, one moment of a video or the look of a sound in all sizes, and stores them;
/// then writes the rows of a batch. A video gets a loop as well.
class MakeThumbnails implements Work<AssetCreated, Made> {
    /// The animated profile, which only videos have.
    static final String LOOP = "loop";

    private static final Logger log = LoggerFactory.getLogger(MakeThumbnails.class);

    private final Repositories repositories;
    private final Thumbnails thumbnails;
    private final MediaPool media;
    private final RenderRequest request;
    private final int loopEdge;

    /// @param loopEdge the longer edge of a video's loop; 0 makes none
    MakeThumbnails(
            Repositories repositories,
            Thumbnails thumbnails,
            MediaPool media,
            RenderRequest request,
            int loopEdge) {
        this.repositories = repositories;
        this.thumbnails = thumbnails;
        this.media = media;
        this.request = request;
        this.loopEdge = loopEdge;
    }

    @Override
    public Made perform(AssetCreated asset) throws GiveUp, IOException, InterruptedException {
        Path original = original(asset);
        Rendered rendered = render(asset, original);
        DerivedStore derived = repositories.derived();
        List<Picture> pictures = new ArrayList<>();
        for (Rendition rendition : rendered.renditions()) {
            pictures.add(
                    new Picture(
                            rendition.name(),
                            "image/jpeg",
                            rendition.width(),
                            rendition.height(),
                            rendition.jpeg()));
        }
        if (asset.assetType() == AssetType.VIDEO && loopEdge > 0) {
            loop(asset, original).ifPresent(pictures::add);
        }
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        pictures.forEach(picture -> blobs.put(keyFor(asset, picture), picture.bytes()));
        try {
            List<StoredBlob> stored = derived.blobs().putAll(blobs);
            return made(pictures, rendered.thumbHash(), derived, stored);
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    /// A picture on its way into the store.
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Picture(String size, String mimeType, int width, int height, byte[] bytes) {
        String ending() {
            return mimeType.equals("image/webp") ? "webp" : "jpg";
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

    /// A video whose poster is there is worth keeping without a loop.
    private Optional<Picture> loop(AssetCreated asset, Path original)
            throws IOException, InterruptedException {
        try {
            return media.animate(original, asset.fileName(), loopEdge)
                    .map(
                            loop ->
                                    new Picture(
                                            LOOP,
                                            "image/webp",
                                            loop.width(),
                                            loop.height(),
                                            loop.webp()));
        } catch (UnreadableMedia | MediaChildLost e) {
            log.atInfo()
                    .addKeyValue("assetId", asset.assetId())
                    .addKeyValue("reason", e.getMessage())
                    .log("A video has no loop");
            return Optional.empty();
        }
    }

    /// The key says which asset, version and size it is, so work that is done twice writes the same
    /// file. The folder is named after the random end of the id, which spreads evenly.
    private static BlobKey keyFor(AssetCreated asset, Picture picture) {
        String id = asset.assetId().toString();
        return BlobKey.of(
                "thumbnails",
                id.substring(id.length() - 2),
                "%s-v%d-%s.%s".formatted(id, asset.version(), picture.size(), picture.ending()));
    }

    private static Made made(
            List<Picture> pictures, byte[] thumbHash, DerivedStore store, List<StoredBlob> blobs) {
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
        return new Made(stored, HexFormat.of().formatHex(thumbHash));
    }
}
