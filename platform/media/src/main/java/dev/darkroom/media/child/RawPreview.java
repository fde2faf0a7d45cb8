package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.UnreadableMedia;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The largest picture that a camera has put into its RAW file, for people to look at: a JPEG as
/// any other. The sensor's data is never developed.
///
/// @param jpeg a part of the file; not to be closed
/// @param header of that JPEG, with the orientation that the RAW file says
record RawPreview(MediaFile jpeg, PictureHeader header) {

    /// Every JPEG begins with these two bytes and the next marker.
    private static final int START = 0xffd8ff;

    private static final int MAX_TRIED = 10_000;

    /// @throws UnreadableMedia when there is none
    static RawPreview largest(MediaFile file, ContentType type) throws UnreadableMedia {
        List<Block> named =
                switch (type.mimeType()) {
                    case "image/x-canon-cr3" -> Cr3.of(file).previews();
                    case "image/x-fuji-raf" -> Raf.previews(file);
                    default -> RawTiff.previews(file);
                };
        Optional<Block> block = largest(file, named).or(() -> largest(file, scanned(file)));
        if (block.isEmpty()) {
            throw new UnreadableMedia(
                    "this "
                            + type.format()
                            + " file holds no preview picture, and camera RAW is not developed"
                            + " here; export it from the camera's software as JPEG, or as DNG with"
                            + " a preview");
        }
        MediaFile jpeg = file.part(block.get());
        PictureHeader own = JpegHeader.read(jpeg);
        int orientation = orientation(file, type);
        return new RawPreview(jpeg, orientation == 0 ? own : own.turned(orientation));
    }

    /// Whether a larger picture would be welcome.
    boolean isSmallerThan(RenderRequest wanted) {
        return Math.max(header.width(), header.height())
                < Fitting.of(wanted, header.width(), header.height()).getFirst().reach();
    }

    String smallness() {
        return "the largest preview in the RAW file has only "
                + header.width()
                + " x "
                + header.height()
                + " pixels";
    }

    /// EXIF orientation 1 to 8; 0 when the RAW file itself does not say.
    private static int orientation(MediaFile file, ContentType type) {
        return switch (type.mimeType()) {
            case "image/x-canon-cr3" -> Cr3.of(file).orientation();
            case "image/x-fuji-raf" -> 0;
            default -> RawTiff.orientation(file);
        };
    }

    private static Optional<Block> largest(MediaFile file, List<Block> blocks) {
        Block largest = null;
        long pixels = 0;
        for (Block block : blocks) {
            JpegFrame frame =
                    block.isIn(file) ? JpegFrame.at(file, block.offset()).orElse(null) : null;
            if (frame != null && frame.isCommon() && frame.pixels() > pixels) {
                largest = block;
                pixels = frame.pixels();
            }
        }
        return Optional.ofNullable(largest);
    }

    /// All that looks like the beginning of a common JPEG, wherever the maker has hidden it. Looks
    /// at each byte twice at most, whatever the file holds.
    private static List<Block> scanned(MediaFile file) {
        List<Block> found = new ArrayList<>();
        MemorySegment bytes = file.bytes();
        long size = bytes.byteSize();
        boolean ends = true;
        int tried = 0;
        long at = 0;
        while (at < size - 3 && tried < MAX_TRIED) {
            long next = at + 1;
            if (bytes.get(ValueLayout.JAVA_BYTE, at) == (byte) 0xff
                    && (file.u32(at) >>> 8) == START) {
                tried++;
                Optional<JpegFrame> frame = JpegFrame.at(file, at).filter(JpegFrame::isCommon);
                if (frame.isPresent()) {
                    long end = ends ? end(bytes, frame.get().data()) : size;
                    ends = end < size;
                    found.add(new Block(at, end - at));
                    next = ends ? end : next;
                }
            }
            at = next;
        }
        return found;
    }

    /// After the end marker, or at the end of the file.
    private static long end(MemorySegment bytes, long from) {
        for (long at = from; at + 1 < bytes.byteSize(); at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) == (byte) 0xff
                    && bytes.get(ValueLayout.JAVA_BYTE, at + 1) == (byte) 0xd9) {
                return at + 2;
            }
        }
        return bytes.byteSize();
    }
}
