package dev.darkroom.command.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Tells files that are plainly no media, by their name and then by their first bytes.
///
/// Generous on purpose: ingest-service looks at the content and gives its reason. A broken file
/// with a name like `holiday.png` has to get that far, or its owner never hears of it.
final class MediaNames {
    private static final Set<String> EXTENSIONS =
            Set.of(
                    ("jpg jpeg jpe jfif png apng gif webp bmp tif tiff heic heif hif avif"
                                    + " jxl jp2 j2k jpf jpx psd psb"
                                    + " dng cr2 cr3 crw nef nrw arw orf rw2 rwl raf pef srw x3f"
                                    + " mp4 m4v mov qt avi mkv webm mpg mpeg mts m2ts 3gp wmv flv"
                                    + " ogv insv"
                                    + " mp3 m4a m4b aac flac ogg oga opus wav aif aiff aifc wma ape"
                                    + " wv mpc dsf dff mid midi")
                            .split(" "));
    private static final Set<String> SIGNATURES =
            Set.of(
                    "\u00ff\u00d8\u00ff",
                    "\u0089PNG\r\n\u001a\n",
                    "GIF87a",
                    "GIF89a",
                    "II*\0",
                    "MM\0*",
                    "II+\0",
                    "MM\0+",
                    "IIRO",
                    "IIRS",
                    "MMOR",
                    "IIU\0",
                    "FUJIFILMCCD-RAW",
                    "\u00ff\n",
                    "\u00ffO\u00ffQ",
                    "\0\0\0\fJXL ",
                    "\0\0\0\fjP  ",
                    "8BPS",
                    "\u001aE\u00df\u00a3",
                    "OggS",
                    "fLaC",
                    "ID3",
                    "MAC ",
                    "wvpk",
                    "DSD ");
    private static final Set<String> RIFF_FORMS = Set.of("WEBP", "WAVE", "AVI ");
    private static final int HEAD = 16;

    private MediaNames() {}

    /// Whether the file may be a photo, a video or an audio track.
    ///
    /// @throws IOException when it has to be opened to tell, and cannot be
    static boolean mayBeMedia(Path file) throws IOException {
        return EXTENSIONS.contains(extension(file)) || hasSignature(head(file));
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean hasSignature(String head) {
        if (SIGNATURES.stream().anyMatch(head::startsWith)) {
            return true;
        }
        if (head.length() < 12) {
            return false;
        }
        // MP4, QuickTime, HEIF and AVIF say their brand after four bytes of length.
        return head.startsWith("ftyp", 4)
                || (head.startsWith("RIFF") && RIFF_FORMS.contains(head.substring(8, 12)))
                || (head.startsWith("FORM") && head.startsWith("AIF", 8));
    }
}
