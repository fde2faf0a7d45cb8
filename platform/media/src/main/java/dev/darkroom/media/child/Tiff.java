package dev.darkroom.media.child;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The TIFF directory structure, as in TIFF files, camera RAW and every EXIF block; values are read
/// on demand.
final class Tiff {

    static final int IMAGE_WIDTH = 0x100;
    static final int IMAGE_HEIGHT = 0x101;
    static final int MAKE = 0x10f;
    static final int ORIENTATION = 0x112;
    static final int SUB_IFDS = 0x14a;
    static final int DNG_VERSION = 0xc612;

    private static final int MAX_DIRECTORIES = 64;
    private static final int MAX_ENTRIES = 4_096;

    private final MediaFile file;
    private final long start;
    private final boolean little;
    private final boolean big;

    private Tiff(MediaFile file, long start, boolean little, boolean big) {
        this.file = file;
        this.start = start;
        this.little = little;
        this.big = big;
    }

    /// Opens the structure that begins at `start`; the magic number is the caller's business,
    /// camera makers vary it.
    static Tiff at(MediaFile file, long start) {
        boolean little = file.u8(start) == 'I';
        return new Tiff(file, start, little, file.u16(start + 2, little) == 43);
    }

    /// Where the first directory lies, counted from the file's beginning; -1 when there is none.
    long firstDirectory() {
        long offset = big ? file.u64(start + 8, little) : file.u32(start + 4, little);
        return offset < 8 ? -1 : start + offset;
    }

    /// Where the directory after this one lies; -1 after the last.
    long next(long directory) {
        long count = big ? file.u64(directory, little) : file.u16(directory, little);
        if (count < 0 || count > file.size()) {
            return -1;
        }
        long at = directory + (big ? 8 + 20 * count : 2 + 12 * count);
        long offset = big ? file.u64(at, little) : file.u32(at, little);
        return offset < 8 ? -1 : start + offset;
    }

    /// How many bytes an entry claims to have; 0 when it is absent.
    long bytes(long directory, int tag) {
        long entry = find(directory, tag);
        if (entry < 0) {
            return 0;
        }
        long count = count(entry);
        return count < 0 || count > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : count * size(entry);
    }

    /// The first number of an entry, or `otherwise`.
    long number(long directory, int tag, long otherwise) {
        long entry = find(directory, tag);
        return entry < 0 ? otherwise : element(entry, 0, otherwise);
    }

    /// An ASCII entry; empty when absent.
    String text(long directory, int tag) {
        long entry = find(directory, tag);
        if (entry < 0) {
            return "";
        }
        int count = (int) Math.min(256, count(entry));
        String text =
                file.text(count <= inlineBytes() ? inline(entry) : start + pointer(entry), count);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    boolean contains(long directory, int tag) {
        return find(directory, tag) >= 0;
    }

    /// Every directory with a picture, each once: the chain of the first one, and their
    /// sub-directories.
    List<Long> directories() {
        Set<Long> seen = new LinkedHashSet<>();
        Deque<Long> waiting = new ArrayDeque<>(List.of(firstDirectory()));
        while (!waiting.isEmpty() && seen.size() < MAX_DIRECTORIES) {
            long directory = waiting.remove();
            if (directory <= 0 || !seen.add(directory)) {
                continue;
            }
            long entry = find(directory, SUB_IFDS);
            for (int i = 0; entry >= 0 && i < Math.min(MAX_DIRECTORIES, count(entry)); i++) {
                long offset = element(entry, i, 0);
                if (offset > 0) {
                    waiting.add(start + offset);
                }
            }
            waiting.add(next(directory));
        }
        return List.copyOf(seen);
    }

    /// Where the bytes of an entry lie; null when it is absent.
    @Nullable Block block(long directory, int tag) {
        long entry = find(directory, tag);
        if (entry < 0) {
            return null;
        }
        long length = count(entry);
        long offset = length <= inlineBytes() ? inline(entry) : start + pointer(entry);
        return new Block(offset, length);
    }

    private long find(long directory, int tag) {
        long count = big ? file.u64(directory, little) : file.u16(directory, little);
        long entry = directory + (big ? 8 : 2);
        for (long i = 0; directory > 0 && i < Math.min(count, MAX_ENTRIES); i++) {
            if (file.u16(entry, little) == tag) {
                return entry;
            }
            entry += big ? 20 : 12;
        }
        return -1;
    }

    private long count(long entry) {
        return big ? file.u64(entry + 4, little) : file.u32(entry + 4, little);
    }

    private int inlineBytes() {
        return big ? 8 : 4;
    }

    private long inline(long entry) {
        return entry + (big ? 12 : 8);
    }

    private long pointer(long entry) {
        return big ? file.u64(inline(entry), little) : file.u32(inline(entry), little);
    }

    /// Bytes of one value; 0 for kinds that are no whole numbers.
    private int size(long entry) {
        return switch (file.u16(entry + 2, little)) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 13 -> 4;
            case 16, 17, 18 -> 8;
            default -> 0;
        };
    }

    private long element(long entry, int index, long otherwise) {
        int size = size(entry);
        if (size == 0) {
            return otherwise;
        }
        long values = count(entry) * size <= inlineBytes() ? inline(entry) : start + pointer(entry);
        long at = values + (long) index * size;
        long value =
                switch (size) {
                    case 1 -> file.u8(at);
                    case 2 -> file.u16(at, little);
                    case 4 -> file.u32(at, little);
                    default -> file.u64(at, little);
                };
        return value < 0 ? otherwise : value;
    }
}
