package dev.darkroom.sync.files;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What the file system says about one regular file.
///
/// Times are kept as PostgreSQL keeps them: whole microseconds, rounded down, within its range.
///
/// @param size in bytes
/// @param modifiedMicros when the content was last written, in microseconds since 1970; anybody may
///   set it to anything
/// @param changedMicros when the file or its attributes last changed (ctime), in microseconds since
///   1970; only the system's clock sets it. Where there is none, the same as `modifiedMicros`
/// @param device the number of the file system, 0 where there is none
/// @param inode the file's number within its file system, 0 where there is none
/// @param links how many names the file has
public record FileStat(
        long size, long modifiedMicros, long changedMicros, long device, long inode, int links) {

    // 4714-11-24 BC, the first day that PostgreSQL can hold.
    private static final long FIRST_SECOND = -210_866_803_200L;
    private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000 - 1;

    public FileStat {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
    }

    /// When the content was last written.
    public Instant modified() {
        return Instant.EPOCH.plus(modifiedMicros, ChronoUnit.MICROS);
    }

    /// When the file or its attributes last changed.
    public Instant changed() {
        return Instant.EPOCH.plus(changedMicros, ChronoUnit.MICROS);
    }

    /// Whether both have the same bytes as far as one can tell without reading them: size, both
    /// times, device and inode.
    public boolean sameContentAs(FileStat other) {
        return size == other.size
                && modifiedMicros == other.modifiedMicros
                && changedMicros == other.changedMicros
                && sameFileAs(other);
    }

    /// Whether both are names of one file.
    public boolean sameFileAs(FileStat other) {
        return device == other.device && inode == other.inode;
    }

    /// A time of the file system in microseconds.
    static long micros(long seconds, int nanos) {
        long kept = Math.clamp(seconds, FIRST_SECOND, LAST_SECOND);
        return kept * 1_000_000 + nanos / 1_000;
    }
}
