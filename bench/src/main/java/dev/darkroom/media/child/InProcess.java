package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.nio.file.Path;

/// What a child does for each file, without the child: the rival of the pool. One for each thread.
public final class InProcess {
    private final Desk desk =
            new Desk(new Request.Hello(Frames.VERSION, 16_383L * 16_383L, 4_096, 2_000, true));

    public void render(Path file, RenderRequest wanted) {
        if (!(desk.answer(new Request.Render(file, wanted)) instanceof Reply.Drawn)) {
            throw new IllegalStateException("no picture could be made of " + file);
        }
    }
}
