package dev.darkroom.embedding;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.SkippedTasks;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.vision.Pdq;
import dev.darkroom.vision.Picture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Decodes one picture and lets each model look at it; then writes what they made of a batch.
class EmbedPictures implements Work<AssetCreated, Embedded> {
    private static final int EDGE = 512;

    private final Pictures pictures;
    private final OpenSpaces spaces;
    private final Vectors vectors;
    private final Hashes hashes;
    private final SkippedTasks skipped;

    EmbedPictures(
            Pictures pictures,
            OpenSpaces spaces,
            Vectors vectors,
            Hashes hashes,
            SkippedTasks skipped) {
        this.pictures = pictures;
        this.spaces = spaces;
        this.vectors = vectors;
        this.hashes = hashes;
        this.skipped = skipped;
    }

    @Override
    public Embedded perform(AssetCreated asset) throws Exception {
        RgbPicture picture = pictures.of(asset, EDGE);
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
}
