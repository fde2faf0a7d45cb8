package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/// A child's desk and what tests ask of it: files are saved, probed and drawn as requests from the
/// pool are.
record DeskOfTests(Path directory) {

    static final RenderRequest ONE = new RenderRequest(List.of(new RenderSize("small", 200)), 90);

    static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 16_383L * 16_383L, 4_096, 2_000, true));

    MediaFacts probe(byte[] bytes) {
        Path file = save(directory, "file", bytes);
        return switch (DESK.answer(new Request.Probe(file, true))) {
            case Reply.Probed probed -> probed.facts();
            case Reply other -> throw new AssertionError("not probed: " + other);
        };
    }

    Rendered render(byte[] bytes) {
        Path file = save(directory, "file", bytes);
        return switch (DESK.answer(new Request.Render(file, ONE))) {
            case Reply.Drawn drawn -> drawn.rendered();
            case Reply other -> throw new AssertionError("not drawn: " + other);
        };
    }

    String refusal(byte[] bytes) {
        Path file = save(directory, "file", bytes);
        return switch (DESK.answer(new Request.Render(file, ONE))) {
            case Reply.Unreadable(String reason) -> reason;
            case Reply.NoDecoder(String reason) -> reason;
            case Reply other -> throw new AssertionError("not refused: " + other);
        };
    }

    BufferedImage drawn(byte[] bytes) {
        return TestPictures.decode(render(bytes).renditions().getFirst().bytes());
    }

    static void requireDecoder(String type) {
        assumeTrue(
                DESK.engines().byMimeType().containsKey(type),
                () -> "no decoder for " + type + ": " + DESK.engines().missing());
    }

    /// Red, green, blue and yellow, clockwise from the upper left.
    static void assertQuarters(BufferedImage image, String clockwise) {
        int[] colours = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00};
        double[][] corners = {{0.25, 0.25}, {0.75, 0.25}, {0.75, 0.75}, {0.25, 0.75}};
        for (int i = 0; i < 4; i++) {
            assertColour(image, corners[i], colours[clockwise.charAt(i) - '0'], 40);
        }
    }

    static void assertColour(BufferedImage image, double[] at, int expected, int near) {
        int pixel =
                image.getRGB((int) (at[0] * image.getWidth()), (int) (at[1] * image.getHeight()));
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(pixel >> shift & 0xff)
                    .as("%06x should be %06x", pixel & 0xffffff, expected)
                    .isCloseTo(expected >> shift & 0xff, within(near));
        }
    }

    static final double[] MIDDLE = {0.5, 0.5};

    static byte[] written(BufferedImage image, PictureFormat format) {
        assumeTrue(
                DESK.engines().outputs().contains(format),
                () -> "nothing here writes " + format + ": " + DESK.engines().missing());
        try {
            return new VipsEncoder(new VipsPicture.Library(Vips.load()))
                    .encode(pixels(image), format, 80);
        } catch (Vips.NotHere e) {
            return assumeNot(format.name(), e);
        }
    }

    /// Written by a saver that only tests take out of the block.
    static byte[] vips(BufferedImage image, String saver, String function) {
        try {
            Vips vips = Vips.load();
            vips.allow("VipsForeignSave" + saver + "Buffer");
            try (VipsPicture picture = new VipsPicture.Library(vips).of(pixels(image))) {
                return picture.saved(function, "Q", 90);
            }
        } catch (Vips.NotHere | Vips.Failed e) {
            return assumeNot(saver, e);
        }
    }

    private static byte[] assumeNot(String what, Exception e) {
        assumeTrue(false, "nothing here writes " + what + ": " + e.getMessage());
        throw new IllegalStateException("an assumption has let through what it must not", e);
    }

    private static Pixels pixels(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return new Pixels(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }
}
