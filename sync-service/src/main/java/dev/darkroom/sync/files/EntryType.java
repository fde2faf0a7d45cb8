package dev.darkroom.sync.files;

/// What stands behind a name in a folder.
enum EntryType {
    FILE,
    FOLDER,
    LINK,
    /// A socket, pipe or device.
    SPECIAL
}
