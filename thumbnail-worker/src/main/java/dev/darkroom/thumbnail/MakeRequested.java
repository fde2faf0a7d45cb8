package dev.darkroom.thumbnail;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.schema.ThumbnailRequested;
import java.io.IOException;
import java.util.List;

/// Makes one thumbnail that somebody has asked for.
class MakeRequested implements Work<ThumbnailRequested, Made> {
    private final Drawing drawing;
    private final Thumbnails thumbnails;
    private final ThumbnailProperties properties;

    MakeRequested(Drawing drawing, Thumbnails thumbnails, ThumbnailProperties properties) {
        this.drawing = drawing;
        this.thumbnails = thumbnails;
        this.properties = properties;
    }

    @Override
    public Made perform(ThumbnailRequested request)
            throws GiveUp, IOException, InterruptedException {
        RenderRequest wanted =
                properties
                        .only(request.size())
                        .orElseThrow(
                                () ->
                                        new GiveUp(
                                                "thumbnail-worker has no profile "
                                                        + request.size()
                                                        + "; give it the one that library-service"
                                                        + " has: darkroom.thumbnail.profiles."
                                                        + request.size()
                                                        + ".pixels"));
        return drawing.draw(
                new Drawing.Photo(
                        request.assetId(), request.version(), request.source(), request.fileName()),
                wanted);
    }

    @Override
    public void record(List<Done<ThumbnailRequested, Made>> done) {
        thumbnails.put(done.stream().map(Done::result).toList());
    }
}
