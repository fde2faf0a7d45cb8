package dev.darkroom.media.child;

import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.UnreadableMedia;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What a file promises in its headers, counted by our own code before any decoder or metadata
/// parser believes it.
final class Promises {

    private static final int COLOUR_PROFILE = 0x8773;
    private static final int XMP = 0x2bc;
    private static final int IPTC = 0x83bb;

    private final MediaFile file;
    private final MediaLimits limits;

    private Promises(MediaFile file, MediaLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /// @throws UnreadableMedia when a limit is exceeded; the message says which one, and how to
    ///   raise it
    static void check(MediaFile file, ContentType type, MediaLimits limits) throws UnreadableMedia {
        Promises promises = new Promises(file, limits);
        String mimeType = type.mimeType();
        switch (mimeType) {
            case "image/jpeg" -> new JpegScans(file, limits).check();
            case "image/gif" -> promises.framesOfGif();
            case "image/png" -> new PngPromises(file, limits).check();
            case "image/webp" -> promises.chunksOfWebp();
            case "image/tiff" -> promises.pagesOfTiff();
            default -> {
                if (IsoBoxes.brands(file).isEmpty()) {
                    if (file.startsWith(4, "moov") || file.startsWith(4, "mdat")) {
                        promises.boxes();
                    } else if (type.isRaw()) {
                        promises.pagesOfTiff();
                    }
                } else {
                    promises.boxes();
                }
            }
        }
    }

    /// @param header read already
    static void checkPicture(PictureHeader header, MediaLimits limits) throws UnreadableMedia {
        int edge = Math.max(header.width(), header.height());
        if (edge > limits.edge()) {
            throw tooMuch("an edge of", edge, "pixels", limits.edge(), "max-edge");
        }
    }

    static UnreadableMedia tooMuch(
            String before, long value, String after, long limit, String setting) {
        return new UnreadableMedia(
                String.format(
                        Locale.ROOT,
                        "it has %s %,d %s, the limit is %,d; raise darkroom.media.%s if such files are"
                                + " worth it",
                        before,
                        value,
                        after,
                        limit,
                        setting));
    }

    static void requireFrames(long count, MediaLimits limits) throws UnreadableMedia {
        if (count > limits.frames()) {
            throw tooMuch("at least", count, "frames", limits.frames(), "max-frames");
        }
    }

    static void requireMetadata(String block, long bytes, MediaLimits limits)
            throws UnreadableMedia {
        if (bytes > limits.metadataBytes()) {
            throw tooMuch(
                    block + " of at least", bytes, "bytes", limits.metadataBytes(), "max-metadata");
        }
    }

    private void framesOfGif() throws UnreadableMedia {
        long at = 13L + colours(file.u8(10));
        int frames = 0;
        while (at < file.size()) {
            switch (file.u8(at)) {
                case 0x21 -> at = afterBlocks(at + 2);
                case 0x2c -> {
                    requireFrames(++frames, limits);
                    at = afterBlocks(at + 11 + colours(file.u8(at + 9)));
                }
                default -> {
                    return; // the end, or nothing that a decoder would go on with
                }
            }
        }
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private long afterBlocks(long from) {
        long at = from;
        for (int length = file.u8(at); length > 0; length = file.u8(at)) {
            at += 1 + length;
        }
        return at + 1;
    }

    private void chunksOfWebp() throws UnreadableMedia {
        int frames = 0;
        long at = 12;
        while (file.has(at, 8)) {
            long length = file.u32(at + 4, true);
            switch (file.text(at, 4)) {
                case "ANMF" -> requireFrames(++frames, limits);
                case "EXIF" -> requireMetadata("an EXIF block", length, limits);
                case "XMP " -> requireMetadata("an XMP block", length, limits);
                case "ICCP" -> requireMetadata("a colour profile", length, limits);
                default -> {}
            }
            at += 8 + length + (length & 1);
        }
    }

    private void pagesOfTiff() throws UnreadableMedia {
        Tiff tiff = Tiff.at(file, 0);
        Set<Long> seen = new HashSet<>();
        for (long page = tiff.firstDirectory(); page > 0; page = tiff.next(page)) {
            if (!seen.add(page)) {
                throw new UnreadableMedia("TIFF is corrupt: its pages form a loop");
            }
            requireFrames(seen.size(), limits);
            requireMetadata("a colour profile", tiff.bytes(page, COLOUR_PROFILE), limits);
            requireMetadata("an XMP block", tiff.bytes(page, XMP), limits);
            requireMetadata("an IPTC block", tiff.bytes(page, IPTC), limits);
        }
    }

    private void boxes() throws UnreadableMedia {
        new BoxTree(file, limits).check();
    }
}
