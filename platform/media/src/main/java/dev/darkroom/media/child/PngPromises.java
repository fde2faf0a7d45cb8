package dev.darkroom.media.child;

import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.UnreadableMedia;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The chunks of a PNG file that may grow when they are unpacked, and the frames of an animated
/// one.
///
/// A chunk counts with the length that it promises, even where the file ends before: libpng takes
/// as much memory before it reads the first byte.
final class PngPromises {

    private static final int LONGEST_KEYWORD = 80;
    private static final int BUFFER = 64 * 1024;

    private final MediaFile file;
    private final MediaLimits limits;

    PngPromises(MediaFile file, MediaLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void check() throws UnreadableMedia {
        long frames = 0;
        long at = 8;
        while (file.has(at, 8)) {
            long body = at + 8;
            long length = file.u32(at);
            long end = Math.min(file.size(), body + length);
            switch (file.text(at + 4, 4)) {
                case "acTL" -> Promises.requireFrames(file.u32(body), limits);
                case "fcTL" -> Promises.requireFrames(++frames, limits);
                case "tEXt" -> Promises.requireMetadata("a text", length, limits);
                case "eXIf" -> Promises.requireMetadata("an EXIF block", length, limits);
                case "zTXt" -> {
                    Promises.requireMetadata("a text", length, limits);
                    unpack("a text", afterWord(body, end) + 1, end);
                }
                case "iCCP" -> {
                    Promises.requireMetadata("a colour profile", length, limits);
                    unpack("a colour profile", afterWord(body, end) + 1, end);
                }
                case "iTXt" -> {
                    Promises.requireMetadata("a text", length, limits);
                    international(body, end);
                }
                case "PLTE", "sPLT", "hIST", "pCAL", "sCAL" ->
                        Promises.requireMetadata("a table", length, limits);
                default -> {}
            }
            at = body + length + 4;
        }
    }

    /// Keyword, whether it is packed, how, language, translated keyword, text.
    private void international(long body, long end) throws UnreadableMedia {
        long flags = afterWord(body, end);
        long text = afterWord(afterWord(flags + 2, end), end);
        if (file.u8(flags) == 1) {
            unpack("a text", text, end);
        }
    }

    private long afterWord(long from, long end) {
        long at = from;
        while (at < end && at < from + LONGEST_KEYWORD && file.u8(at) != 0) {
            at++;
        }
        return at + 1;
    }

    private void unpack(String what, long from, long end) throws UnreadableMedia {
        if (from >= end) {
            return;
        }
        Promises.requireMetadata(what, end - from, limits);
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(file.copy(from, (int) (end - from)));
            for (int more = inflater.inflate(buffer); more > 0; more = inflater.inflate(buffer)) {
                size += more;
                Promises.requireMetadata(what, size, limits);
            }
        } catch (DataFormatException e) {
            // Damaged is not dangerous; whoever needs the block will say so.
        }
    }
}
