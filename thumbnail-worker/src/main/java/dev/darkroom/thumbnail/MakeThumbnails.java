package dev.darkroom.thumbnail;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.schema.AssetCreated;
import java.io.IOException;
import java.util.List;

/// Makes the thumbnails that every photo has.
class MakeThumbnails implements Work<AssetCreated, Made> {
    private final Drawing drawing;
    private final Thumbnails thumbnails;
    private final RenderRequest wanted;

    MakeThumbnails(Drawing drawing, Thumbnails thumbnails, RenderRequest wanted) {
        this.drawing = drawing;
        this.thumbnails = thumbnails;
        this.wanted = wanted;
    }

    @Override
    public Made perform(AssetCreated asset) throws GiveUp, IOException, InterruptedException {
        return drawing.draw(
                new Drawing.Photo(
                        asset.assetId(), asset.version(), asset.source(), asset.fileName()),
                wanted);
    }

    @Override
    public void record(List<Done<AssetCreated, Made>> done) {
        thumbnails.put(done.stream().map(Done::result).toList());
    }
}
