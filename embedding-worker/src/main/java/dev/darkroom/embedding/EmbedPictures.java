package dev.darkroom.embedding;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Skip;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.vision.Pdq;
import dev.darkroom.vision.Picture;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Decodes one picture and lets each model look at it; then writes what they made of a batch.
class EmbedPictures implements Work<AssetCreated, Embedded> {
    private static final int EDGE = 512;

    private final Originals originals;
    private final MediaPool media;
    private final OpenSpaces spaces;
    private final Vectors vectors;
    private final Hashes hashes;
    private final SkippedTasks skipped;

    EmbedPictures(
            Originals originals,
            MediaPool media,
            OpenSpaces spaces,
            Vectors vectors,
            Hashes hashes,
            SkippedTasks skipped) {
        this.originals = originals;
        this.media = media;
        this.spaces = spaces;
        this.vectors = vectors;
        this.hashes = hashes;
        this.skipped = skipped;
    }

    @Override
    public Embedded perform(AssetCreated asset) throws Exception {
        RgbPicture picture = decode(asset, original(asset));
        Map<UUID, float[]> made = new HashMap<>();
        for (Map.Entry<Space, Embedder> one : spaces.embedders().entrySet()) {
            Space space = one.getKey();
            made.put(space.id(), space.spec().normalised(one.getValue().embed(picture)));
        }
        return new Embedded(
                made, Pdq.hash(new Picture(picture.width(), picture.height(), picture.rgb())));
    }

    @Override
    public void record(List<Done<AssetCreated, Embedded>> done) {
        vectors.put(
                done.stream()
                        .flatMap(
                                one ->
                                        one.result().vectors().entrySet().stream()
                                                .map(
                                                        vector ->
                                                                new Vectors.Vector(
                                                                        one.message().assetId(),
                                                                        one.message().version(),
                                                                        vector.getKey(),
                                                                        vector.getValue())))
                        .toList());
        skipped.put(done.stream().map(Done::message).toList());
        hashes.put(done);
    }

    private Path original(AssetCreated asset) throws GiveUp, IOException {
        StorageUri source = asset.source();
        if (!source.scheme().equals("repo")) {
            throw new GiveUp("originals are read from repositories only: " + source);
        }
        try {
            return originals.locate(source);
        } catch (NoSuchFileException e) {
            throw new GiveUp("the original is gone: " + source, e);
        }
    }

    /// A child that dies once may have had bad luck; one that dies twice on the same file tells of
    /// the file.
    private RgbPicture decode(AssetCreated asset, Path original)
            throws GiveUp, IOException, InterruptedException {
        try {
            try {
                return media.pixels(original, asset.fileName(), EDGE);
            } catch (MediaChildLost e) {
                if (!e.kind().mayBeBadLuck()) {
                    throw e;
                }
                return media.pixels(original, asset.fileName(), EDGE);
            }
        } catch (MissingDecoder e) {
            throw new Skip(asset.fileName() + ": " + e.getMessage(), e);
        } catch (UnreadableMedia | MediaChildLost e) {
            throw new GiveUp(asset.fileName() + ": " + e.getMessage(), e);
        }
    }
}
