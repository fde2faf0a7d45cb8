package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// Reads one small picture of our own before the first real one: loads classes and libraries, and
/// proves that they work.
final class WarmUp {

    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(new RenderSize("large", 1024), new RenderSize("small", 150)), 80);

    private WarmUp() {}

    static void run(Desk desk) {
        try {
            Path file = Files.createTempFile("warm-up", ".jpg");
            try {
                ImageIO.write(picture(), "jpeg", file.toFile());
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

    private static BufferedImage picture() {
        BufferedImage image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, 1600, 1200, Color.BLUE));
        graphics.fillRect(0, 0, 1600, 1200);
        graphics.dispose();
        return image;
    }

    private static void require(Reply reply) {
        switch (reply) {
            case Reply.Probed _,
                    Reply.Drawn _,
                    Reply.Ready _,
                    Reply.SidecarRead _,
                    Reply.Animated _ -> {}
            case Reply.Unreadable(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
            case Reply.Inaccessible(String reason) ->
                    throw new IllegalStateException("warm-up failed: " + reason);
        }
    }
}
