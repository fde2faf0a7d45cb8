package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.child.jpeg.PracticePicture;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads one small picture of our own before the first real one: loads classes and libraries, and
/// proves that they work.
final class WarmUp {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private WarmUp() {}

    /// @param fit whose picture decides who draws it: all of it our own code, a part of it the
    ///   decoder that stands behind
    static void run(Desk desk, Fit fit) {
        RenderRequest sizes = new RenderRequest(List.of(size(fit, 320), size(fit, 150)), 80);
        try {
            Path file = Files.createTempFile("warm-up", ".jpg");
            try {
                Files.write(file, PracticePicture.of(WIDTH, HEIGHT));
                require(desk.answer(new Request.Probe(file, true)));
                require(desk.answer(new Request.Render(file, sizes)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the child's directory for temporary files does not work", e);
        }
    }

    private static RenderSize size(Fit fit, int edge) {
        return new RenderSize(Integer.toString(edge), edge, fit, PictureFormat.JPEG, null);
    }

    private static void require(Reply reply) {
        switch (reply) {
            case Reply.Probed _,
                    Reply.Drawn _,
                    Reply.Ready _,
                    Reply.SidecarRead _,
                    Reply.Animated _,
                    Reply.PixelsRead _ -> {}
            case Reply.Elsewhere _ ->
                    throw new IllegalStateException("warm-up failed: left to another child");
            case Reply.Unreadable(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
            case Reply.NoDecoder(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
            case Reply.Inaccessible(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
        }
    }
}
