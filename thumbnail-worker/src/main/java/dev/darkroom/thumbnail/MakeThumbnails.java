package dev.darkroom.thumbnail;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.io.IOException;
import java.util.List;

/// Makes the thumbnails that every photo, video and sound has; a video gets a loop as well.
class MakeThumbnails implements Work<AssetCreated, Made> {
    /// The animated profile, which only videos have.
    static final String LOOP = "loop";

    private final Drawing drawing;
    private final Thumbnails thumbnails;
    private final RenderRequest wanted;
    private final int loopEdge;

    /// @param loopEdge the longer edge of a video's loop; 0 makes none
    MakeThumbnails(Drawing drawing, Thumbnails thumbnails, RenderRequest wanted, int loopEdge) {
        this.drawing = drawing;
        this.thumbnails = thumbnails;
        this.wanted = wanted;
        this.loopEdge = loopEdge;
    }

    @Override
    public Made perform(AssetCreated asset) throws GiveUp, IOException, InterruptedException {
        return drawing.draw(
                new Drawing.Original(
                        asset.assetId(), asset.version(), asset.source(), asset.fileName()),
                wanted,
                asset.assetType() == AssetType.VIDEO ? loopEdge : 0);
    }

    @Override
    public void record(List<Done<AssetCreated, Made>> done) {
        List<Made> made = done.stream().map(Done::result).toList();
        thumbnails.put(made);
        thumbnails.dropOldLoops(made);
    }
}
