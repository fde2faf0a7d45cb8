package dev.darkroom.media.child;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The first bytes of the media formats that people have, where Tika knows less or is slower.
final class Signatures {

    /// Camera RAW: the sensor's data, which no engine of ours develops.
    static final Set<String> RAW =
            Set.of(
                    "image/x-adobe-dng",
                    "image/x-canon-cr2",
                    "image/x-canon-cr3",
                    "image/x-canon-crw",
                    "image/x-fuji-raf",
                    "image/x-nikon-nef",
                    "image/x-olympus-orf",
                    "image/x-panasonic-rw2",
                    "image/x-pentax-pef",
                    "image/x-raw",
                    "image/x-samsung-srw",
                    "image/x-sony-arw");

    private static final String ASF = "0&\u00b2u\u008ef\u00cf\u0011";
    private static final String ASF_VIDEO_STREAM = "\u00c0\u00ef\u0019\u00bcM[\u00cf\u0011";

    private Signatures() {}

    static Optional<String> find(MediaFile file) {
        return switch (file.u8(0)) {
            case 0xff -> startingWithFf(file);
            case 0x89 -> damagedPng(file);
            case 'G' ->
                    when(file.startsWith(0, "GIF87a") || file.startsWith(0, "GIF89a"), "image/gif")
                            .or(() -> when(isTransportStream(file, 0, 188), "video/mp2t"));
            case 'R' -> riff(file);
            case 'I', 'M' -> tiffOrTag(file);
            case 'F' -> startingWithF(file);
            case 'B' -> when(file.startsWith(0, "BM") && plausibleBitmap(file), "image/bmp");
            case 'f' -> when(file.startsWith(0, "fLaC"), "audio/flac");
            case 'O' -> when(file.startsWith(0, "OggS"), ogg(file));
            case 'w' -> when(file.startsWith(0, "wvpk"), "audio/x-wavpack");
            case 'D' -> when(file.startsWith(0, "DSD "), "audio/x-dsf");
            case '#' -> when(file.startsWith(0, "#!AMR"), "audio/amr");
            case '8' -> when(file.startsWith(0, "8BPS"), "image/vnd.adobe.photoshop");
            case 0x30 -> when(file.startsWith(0, ASF), asf(file));
            case 0x1a -> when(file.u32(0) == 0x1a45dfa3L, matroska(file));
            default ->
                    boxes(file)
                            .or(() -> damagedPng(file))
                            .or(() -> when(isTransportStream(file, 4, 192), "video/mp2t"));
        };
    }

    /// Packets of one length that all begin with the same byte; camcorders put a time before each.
    private static boolean isTransportStream(MediaFile file, int first, int length) {
        for (int packet = 0; packet < 5; packet++) {
            if (file.u8(first + packet * length) != 0x47) {
                return false;
            }
        }
        return true;
    }

    /// A PNG whose signature did not survive a transfer as text; to be told so, not "unknown".
    private static Optional<String> damagedPng(MediaFile file) {
        return when(file.text(8, 12).contains("IHDR"), "image/png");
    }

    private static Optional<String> when(boolean condition, String type) {
        return condition ? Optional.of(type) : Optional.empty();
    }

    private static Optional<String> startingWithFf(MediaFile file) {
        if (file.u16(0) == 0xffd8 && file.u8(2) == 0xff) {
            return Optional.of("image/jpeg");
        }
        if (file.u16(0) == 0xff0a) {
            return Optional.of("image/jxl");
        }
        return Optional.ofNullable(AudioFrames.typeAt(file, 0));
    }

    private static Optional<String> startingWithF(MediaFile file) {
        if (file.startsWith(0, "FORM")
                && (file.startsWith(8, "AIFF") || file.startsWith(8, "AIFC"))) {
            return Optional.of("audio/aiff");
        }
        if (file.startsWith(0, "FUJIFILMCCD-RAW")) {
            return Optional.of("image/x-fuji-raf");
        }
        return when(file.startsWith(0, "FLV\u0001"), "video/x-flv");
    }

    private static Optional<String> riff(MediaFile file) {
        if (!file.startsWith(0, "RIFF") && !file.startsWith(0, "RF64")) {
            return Optional.empty();
        }
        return switch (file.text(8, 4)) {
            case "WEBP" -> Optional.of("image/webp");
            case "WAVE" -> Optional.of("audio/wav");
            case "AVI " -> Optional.of("video/x-msvideo");
            default -> Optional.empty();
        };
    }

    private static Optional<String> tiffOrTag(MediaFile file) {
        if (file.startsWith(0, "ID3")) {
            return Optional.of(afterId3(file));
        }
        if (file.startsWith(0, "MAC ")) {
            return Optional.of("audio/x-ape");
        }
        if (file.startsWith(0, "MPCK") || file.startsWith(0, "MP+")) {
            return Optional.of("audio/x-musepack");
        }
        return switch (file.text(0, 4)) {
            case "IIRO", "IIRS", "MMOR" -> Optional.of("image/x-olympus-orf");
            case "IIU\0" -> Optional.of("image/x-panasonic-rw2");
            case "II*\0", "MM\0*" -> Optional.of(tiff(file));
            case "II+\0", "MM\0+" -> Optional.of("image/tiff");
            default -> when(file.startsWith(6, "HEAPCCDR"), "image/x-canon-crw");
        };
    }

    /// Most cameras' RAW files are TIFF files whose picture lies in a sub-directory.
    private static String tiff(MediaFile file) {
        if (file.startsWith(8, "CR")) {
            return "image/x-canon-cr2";
        }
        Tiff tiff = Tiff.at(file, 0);
        long first = tiff.firstDirectory();
        if (tiff.contains(first, Tiff.DNG_VERSION)) {
            return "image/x-adobe-dng";
        }
        String make = tiff.text(first, Tiff.MAKE).toUpperCase(Locale.ROOT);
        if (make.isEmpty() || !tiff.contains(first, Tiff.SUB_IFDS)) {
            return make.startsWith("PENTAX") && tiff.number(first, 0x103, 1) == 65_535
                    ? "image/x-pentax-pef"
                    : "image/tiff";
        }
        if (make.startsWith("NIKON")) {
            return "image/x-nikon-nef";
        }
        if (make.startsWith("SONY")) {
            return "image/x-sony-arw";
        }
        return make.startsWith("SAMSUNG") ? "image/x-samsung-srw" : "image/tiff";
    }

    private static boolean plausibleBitmap(MediaFile file) {
        long header = file.u32(14, true);
        return header == 12
                || header == 40
                || header == 52
                || header == 56
                || header == 64
                || header == 108
                || header == 124;
    }

    private static String ogg(MediaFile file) {
        String page = file.text(0, 256);
        if (page.contains("OpusHead")) {
            return "audio/opus";
        }
        return page.contains("theora") ? "video/ogg" : "audio/ogg";
    }

    private static String afterId3(MediaFile file) {
        long length = 0;
        for (int i = 6; i < 10; i++) {
            length = (length << 7) | (file.u8(i) & 0x7f);
        }
        if (file.startsWith(length + 10, "fLaC")) {
            return "audio/flac";
        }
        String type = AudioFrames.typeAt(file, length + 10);
        return type == null ? "audio/mpeg" : type;
    }

    private static String asf(MediaFile file) {
        return file.text(0, 8_192).contains(ASF_VIDEO_STREAM) ? "video/x-ms-wmv" : "audio/x-ms-wma";
    }

    private static String matroska(MediaFile file) {
        return file.text(0, 64).contains("webm") ? "video/webm" : "video/x-matroska";
    }

    private static Optional<String> boxes(MediaFile file) {
        if (file.startsWith(4, "JXL \r\n")) {
            return Optional.of("image/jxl");
        }
        if (file.startsWith(4, "jP  \r\n")) {
            return Optional.of("image/jp2");
        }
        List<String> brands = IsoBoxes.brands(file);
        if (brands.isEmpty()) {
            boolean old =
                    file.startsWith(4, "moov")
                            || file.startsWith(4, "mdat")
                            || file.startsWith(4, "wide");
            return when(old && file.u32(0) >= 8, "video/quicktime");
        }
        return Optional.of(byBrand(file, brands));
    }

    private static String byBrand(MediaFile file, List<String> brands) {
        String major = brands.getFirst();
        return switch (major) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "image/heic";
            case "avif", "avis" -> "image/avif";
            case "mif1", "msf1" -> {
                if (brands.contains("avif")) {
                    yield "image/avif";
                }
                yield brands.contains("heic") || brands.contains("heix")
                        ? "image/heic"
                        : "image/heif";
            }
            case "crx " -> "image/x-canon-cr3";
            case "M4A ", "M4B ", "M4P " -> "audio/mp4";
            default -> {
                List<String> tracks = IsoBoxes.tracks(file);
                if (tracks.contains("soun") && !tracks.contains("vide")) {
                    yield "audio/mp4";
                }
                if (major.equals("qt  ")) {
                    yield "video/quicktime";
                }
                yield major.startsWith("3g") ? "video/3gpp" : "video/mp4";
            }
        };
    }
}
