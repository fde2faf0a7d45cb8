package dev.darkroom.media.child;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks into a finished JPEG, PNG, WebP or AVIF file for anything but the picture.
public final class Cleanness {

    private static final Set<String> PNG =
            Set.of(
                    "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sRGB", "gAMA", "cHRM", "sBIT", "bKGD",
                    "pHYs", "acTL", "fcTL", "fdAT");
    private static final Set<String> WEBP = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF");

    private Cleanness() {}

    /// Only what every decoder needs is in the file, and none of what [Samples] hides.
    public static void assertThatOnlyAPictureIsIn(byte[] file) {
        String text = new String(file, ISO_8859_1);
        List<String> strangers =
                text.startsWith("\u00ff\u00d8")
                        ? strangersInJpeg(file)
                        : text.startsWith("\u0089PNG")
                                ? strangersInPng(file)
                                : text.startsWith("RIFF")
                                        ? strangersInWebp(file)
                                        : text.startsWith("ftyp", 4)
                                                ? AvifStrangers.in(file)
                                                : List.of("no format that we write");
        assertThat(strangers).as("parts that are no picture").isEmpty();
        assertThat(text)
                .doesNotContain(
                        "SECRET",
                        "Exif\0",
                        "GPSL",
                        "http://ns.adobe.com",
                        "ICC_PROFILE",
                        "Photoshop",
                        "Canon",
                        "2024:05:06",
                        "application/rdf+xml");
    }

    private static List<String> strangersInJpeg(byte[] file) {
        List<String> strangers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).position(2);
        while (in.remaining() >= 4) {
            int marker = in.getShort() & 0xffff;
            if (marker == 0xffda) {
                break;
            }
            int length = in.getShort() & 0xffff;
            boolean tables =
                    marker == 0xffdb || marker == 0xffc4 || marker == 0xffdd || isFrame(marker);
            boolean header = marker == 0xffe0 && length == 16; // JFIF without a thumbnail
            boolean adobe = marker == 0xffee && length == 14; // which colours, nothing else
            if (!tables && !header && !adobe) {
                strangers.add("segment " + Integer.toHexString(marker));
            }
            in.position(in.position() + length - 2);
        }
        for (int i = in.position(); i < file.length - 2; i++) {
            if (file[i] == (byte) 0xff && file[i + 1] == (byte) 0xd9) {
                strangers.add("bytes after the end");
            }
        }
        return strangers;
    }

    private static boolean isFrame(int marker) {
        return marker == 0xffc0 || marker == 0xffc1 || marker == 0xffc2;
    }

    private static List<String> strangersInPng(byte[] file) {
        List<String> strangers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).position(8);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            String type = name(in);
            if (!PNG.contains(type)) {
                strangers.add(type);
            }
            in.position(in.position() + length + 4);
        }
        return strangers;
    }

    private static List<String> strangersInWebp(byte[] file) {
        List<String> strangers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (in.remaining() >= 8) {
            String type = name(in);
            int length = in.getInt();
            if (!WEBP.contains(type)) {
                strangers.add(type);
            }
            in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
        }
        return strangers;
    }

    private static String name(ByteBuffer in) {
        byte[] name = new byte[4];
        in.get(name);
        return new String(name, ISO_8859_1);
    }
}
