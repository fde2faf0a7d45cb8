package dev.darkroom.media.child;

import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.UnreadableMedia;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Counts the scans of a JPEG that comes in more than one: each goes over all the picture's pixels,
/// however few bytes it has.
final class JpegScans {

    private final MediaFile file;
    private final MediaLimits limits;

    JpegScans(MediaFile file, MediaLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void check() throws UnreadableMedia {
        MemorySegment bytes = file.bytes();
        long last = bytes.byteSize() - 1;
        int scans = 0;
        for (long at = firstOfMany(); at < last; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) != (byte) 0xff) {
                continue;
            }
            int marker = bytes.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff;
            if (marker == 0xd9) {
                return;
            }
            if (marker == 0xda && ++scans > limits.scans()) {
                throw Promises.tooMuch("at least", scans, "scans", limits.scans(), "max-scans");
            }
        }
    }

    /// Where the first scan begins; the end of the file when it is the only one, as in nearly all
    /// photos, which need not be searched.
    private long firstOfMany() {
        int components = 0;
        boolean progressive = false;
        long at = 2;
        while (file.has(at, 4)) {
            int marker = file.u8(at + 1);
            if (file.u8(at) != 0xff || marker == 0xff) {
                at++;
            } else if (marker == 0xda) {
                boolean all = file.u8(at + 4) >= components;
                return all && !progressive ? file.size() : at;
            } else if (marker == 0xd9) {
                return file.size();
            } else if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) {
                at += 2;
            } else {
                if (JpegHeader.isFrame(marker)) {
                    components = file.u8(at + 9);
                    progressive = (marker & 3) == 2;
                }
                at += 2 + file.u16(at + 2);
            }
        }
        return file.size();
    }
}
