package dev.darkroom.sync.files;

/// What stands behind a name in a folder.
enum EntryType {
    FILE,
    FOLDER,
    LINK,
    /// A socket, pipe or device.
    SPECIAL;

    /// What a Unix file's mode says.
    static EntryType ofMode(int mode) {
        return switch (mode & 0xf000) {
            case 0x4000 -> FOLDER;
            case 0x8000 -> FILE;
            case 0xa000 -> LINK;
            default -> SPECIAL;
        };
    }
}
