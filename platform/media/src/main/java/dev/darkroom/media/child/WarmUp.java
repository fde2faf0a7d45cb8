package dev.darkroom.media.child;

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

    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(new RenderSize("large", 320), new RenderSize("small", 150)), 80);
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private WarmUp() {}

    static void run(Desk desk) {
        try {
            Path file = Files.createTempFile("warm-up", ".jpg");
            try {
                Files.write(file, PracticePicture.of(WIDTH, HEIGHT));
                require(desk.answer(new Request.Probe(file, true)));
                require(desk.answer(new Request.Render(file, SIZES)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the child's directory for temporary files does not work", e);
        }
    }

    private static void require(Reply reply) {
        switch (reply) {
            case Reply.Probed _,
                    Reply.Drawn _,
                    Reply.Ready _,
                    Reply.SidecarRead _,
                    Reply.Animated _,
                    Reply.PixelsRead _ -> {}
            case Reply.Unreadable(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
            case Reply.NoDecoder(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
            case Reply.Inaccessible(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
        }
    }
}
