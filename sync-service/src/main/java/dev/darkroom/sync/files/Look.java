package dev.darkroom.sync.files;

/// What one look at an entry has shown; used again for the next, so that a walk makes no garbage.
final class Look {
    EntryType type = EntryType.SPECIAL;
    long size;
    long modifiedMicros;
    long changedMicros;
    long device;
    long inode;
    int links;
    boolean mountPoint;

    FileStat stat() {
        return new FileStat(size, modifiedMicros, changedMicros, device, inode, links);
    }
}
