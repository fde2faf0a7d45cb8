package dev.darkroom.media.child;

import java.util.ArrayList;
import java.util.List;

/// The box structure of ISO base media files: HEIC, AVIF, MP4, QuickTime, Canon CR3.
final class IsoBoxes {

    private static final int MAX_BOXES = 4_096;

    private IsoBoxes() {}

    /// One box.
    ///
    /// @param body where its content begins
    /// @param end where it ends, never beyond its parent
    record Box(String type, long body, long end) {}

    /// The boxes between two offsets, in order; ends quietly where the structure breaks.
    static List<Box> between(MediaFile file, long from, long to) {
        List<Box> boxes = new ArrayList<>();
        long at = from;
        while (at + 8 <= to && boxes.size() < MAX_BOXES) {
            long size = file.u32(at);
            long body = at + 8;
            if (size == 1) {
                size = file.u64(at + 8, false);
                body = at + 16;
            } else if (size == 0) {
                size = to - at;
            }
            if (size < body - at) {
                break;
            }
            long end = Math.min(to, at + size);
            boxes.add(new Box(file.text(at + 4, 4), body, end));
            at += size;
        }
        return boxes;
    }

    static List<Box> of(MediaFile file) {
        return between(file, 0, file.size());
    }

    /// The children of a box, after `skip` bytes of its own fields.
    static List<Box> within(MediaFile file, Box box, int skip) {
        return between(file, box.body() + skip, box.end());
    }

    /// All brands: the major one first, then the compatible ones. Empty when the file does not
    /// begin with `ftyp`.
    static List<String> brands(MediaFile file) {
        if (!file.startsWith(4, "ftyp")) {
            return List.of();
        }
        long end = Math.min(file.size(), Math.min(file.u32(0), 512));
        List<String> brands = new ArrayList<>();
        brands.add(file.text(8, 4));
        for (long at = 16; at + 4 <= end; at += 4) {
            brands.add(file.text(at, 4));
        }
        return brands;
    }

    /// The handler types of all tracks: `vide`, `soun` and others.
    static List<String> tracks(MediaFile file) {
        List<String> handlers = new ArrayList<>();
        for (Box top : of(file)) {
            if (!top.type().equals("moov")) {
                continue;
            }
            for (Box track : within(file, top, 0)) {
                if (track.type().equals("trak")) {
                    within(file, track, 0).stream()
                            .filter(box -> box.type().equals("mdia"))
                            .flatMap(media -> within(file, media, 0).stream())
                            .filter(box -> box.type().equals("hdlr"))
                            .forEach(handler -> handlers.add(file.text(handler.body() + 8, 4)));
                }
            }
        }
        return handlers;
    }
}
