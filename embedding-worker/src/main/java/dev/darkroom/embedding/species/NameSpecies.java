package dev.darkroom.embedding.species;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.species.SpeciesModel;
import dev.darkroom.inference.species.SpeciesPrediction;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.schema.AssetCreated;
import java.io.IOException;
import java.util.List;

/// Asks a model what is in a picture, and keeps its best guesses.
final class NameSpecies implements Work<AssetCreated, List<SpeciesPrediction>> {
    /// Models look at 224 to 448 pixels of the shorter edge.
    private static final int EDGE = 768;

    private final Pictures pictures;
    private final UserModel asking;
    private final SpeciesModel model;
    private final int top;
    private final SpeciesPredictions predictions;

    NameSpecies(
            Pictures pictures,
            UserModel asking,
            SpeciesModel model,
            int top,
            SpeciesPredictions predictions) {
        this.pictures = pictures;
        this.asking = asking;
        this.model = model;
        this.top = top;
        this.predictions = predictions;
    }

    @Override
    public List<SpeciesPrediction> perform(AssetCreated asset)
            throws GiveUp, IOException, InterruptedException {
        RgbPicture picture = pictures.of(asset, EDGE);
        RgbImage image = new RgbImage(picture.width(), picture.height(), picture.rgb());
        return asking.ask(() -> model.predict(List.of(image), top)).getFirst();
    }

    @Override
    public void record(List<Done<AssetCreated, List<SpeciesPrediction>>> done) {
        predictions.put(done);
    }
}
