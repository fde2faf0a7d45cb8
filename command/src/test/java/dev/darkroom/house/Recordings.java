package dev.darkroom.house;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/// Makes videos and sounds to test with, byte by byte: what no library of ours wrote.
final class Recordings {
    private static final int FRAMES_PER_SECOND = 8;
    private static final Instant QUICKTIME_EPOCH = Instant.parse("1904-01-01T00:00:00Z");
    private static final DateTimeFormatter EXIF_TIME =
            DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Recordings() {}

    /// A QuickTime file of JPEG pictures, 640 x 480, in which a square moves.
    static Path video(Path folder, String name, int seconds, Instant created) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < seconds * FRAMES_PER_SECOND; i++) {
            frames.add(frame(i));
        }
        byte[] type = box("ftyp", text("qt  "), ints(0), text("qt  "));
        byte[] media = box("mdat", frames.toArray(byte[][]::new));
        int first = type.length + 8;
        int created32 = (int) Duration.between(QUICKTIME_EPOCH, created).toSeconds();
        int length = frames.size();
        int[] matrix = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
        byte[] movie =
                box(
                        "mvhd",
                        ints(0, created32, created32, FRAMES_PER_SECOND, length, 0x10000),
                        ints(0x01000000, 0, 0),
                        ints(matrix),
                        new byte[24],
                        ints(2));
        byte[] track =
                box(
                        "tkhd",
                        ints(7, created32, created32, 1, 0, length, 0, 0, 0, 0),
                        ints(matrix),
                        ints(640 << 16, 480 << 16));
        byte[] head = box("mdhd", ints(0, created32, created32, FRAMES_PER_SECOND, length, 0));
        byte[] handler = box("hdlr", ints(0), text("mhlrvide"), ints(0, 0, 0), new byte[1]);
        byte[] sources = box("dinf", box("dref", ints(0, 1), box("url ", ints(1))));
        byte[] information =
                box("minf", box("vmhd", ints(1, 0, 0)), sources, samples(frames, first));
        return Files.write(
                folder.resolve(name),
                join(
                        type,
                        media,
                        box(
                                "moov",
                                movie,
                                box("trak", track, box("mdia", head, handler, information)))));
    }

    private static byte[] samples(List<byte[]> frames, int first) {
        byte[] format =
                box(
                        "jpeg",
                        ints(0, 1), // reserved, and the data reference
                        ints(0, 0, 0, 0),
                        ints(640 << 16 | 480, 72 << 16, 72 << 16, 0),
                        new byte[] {0, 1},
                        new byte[32],
                        new byte[] {0, 24, -1, -1});
        int[] sizes = frames.stream().mapToInt(frame -> frame.length).toArray();
        return box(
                "stbl",
                box("stsd", ints(0, 1), format),
                box("stts", ints(0, 1, frames.size(), 1)),
                box("stsc", ints(0, 1, 1, frames.size(), 1)),
                box("stsz", ints(0, 0, frames.size()), ints(sizes)),
                box("stco", ints(0, 1, first)));
    }

    private static byte[] frame(int number) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x2f6f8f));
        graphics.fillRect(0, 0, 640, 480);
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(20 + number * 15 % 500, 180, 120, 120);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    /// A WAV file with a tone that grows louder, and tags.
    static Path sound(Path folder, String name, int seconds, String title, String artist)
            throws IOException {
        int rate = 22_050;
        ByteBuffer tone = ByteBuffer.allocate(seconds * rate * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < seconds * rate; i++) {
            double loud = 30_000.0 * i / (seconds * rate);
            tone.putShort((short) (loud * Math.sin(2 * Math.PI * 440 * i / rate)));
        }
        ByteBuffer format = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2);
        format.putShort((short) 2).putShort((short) 16);
        byte[] tags = join(text("INFO"), chunk("INAM", text(title)), chunk("IART", text(artist)));
        byte[] body =
                join(
                        text("WAVE"),
                        chunk("fmt ", format.array()),
                        chunk("LIST", tags),
                        chunk("data", tone.array()));
        return Files.write(folder.resolve(name), chunk("RIFF", body));
    }

    /// A photo that says when it was taken, as cameras do: without a time zone.
    static Path photo(Path folder, String name, Instant taken) throws IOException {
        byte[] plain = Files.readAllBytes(Photos.make(folder, name, 800, 600, name.hashCode()));
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 18 + 18 + 20);
        exif.put(text("Exif\0\0")).put(text("MM")).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(26);
        exif.putInt(0);
        exif.putShort((short) 1).putShort((short) 0x9003).putShort((short) 2).putInt(20).putInt(44);
        exif.putInt(0).put(text(EXIF_TIME.format(taken))).put((byte) 0);
        ByteBuffer segment = ByteBuffer.allocate(4 + exif.capacity());
        segment.putShort((short) 0xffe1).putShort((short) (2 + exif.capacity())).put(exif.array());
        return Files.write(
                folder.resolve(name),
                join(
                        Arrays.copyOf(plain, 2),
                        segment.array(),
                        Arrays.copyOfRange(plain, 2, plain.length)));
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] body = join(parts);
        return join(ints(8 + body.length), text(type), body);
    }

    private static byte[] chunk(String type, byte[] body) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + body.length + body.length % 2)
                        .order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(text(type)).putInt(body.length).put(body).array();
    }

    private static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
