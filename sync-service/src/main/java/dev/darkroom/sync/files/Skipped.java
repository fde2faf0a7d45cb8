package dev.darkroom.sync.files;

/// Why a walk passes something over. No symbolic link is ever followed: what it leads to inside of
/// the root is found there anyway, and what is outside does not belong to the repository. A folder
/// from elsewhere is brought in with a bind mount.
public enum Skipped {
    /// A rule of the repository, or a built-in one, says so. An ignored folder is not read.
    IGNORED,
    /// A symbolic link to something that the walk finds under its own name.
    LINK_INSIDE,
    /// A symbolic link that leaves the root.
    LINK_OUTSIDE,
    /// A symbolic link to itself or to a folder above it.
    LINK_LOOP,
    /// A symbolic link to nothing.
    LINK_BROKEN,
    /// A folder that is also one above it, through a bind mount.
    MOUNT_LOOP,
    /// A socket, pipe or device.
    SPECIAL,
    /// A file or folder whose path is longer than a `FilePath` may be. The folder is not read.
    PATH_TOO_LONG
}
