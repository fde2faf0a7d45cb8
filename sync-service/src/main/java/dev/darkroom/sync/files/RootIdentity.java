package dev.darkroom.sync.files;

/// Which folder a root is, beyond its path. With a marker file it is not needed. For a folder that
/// Darkroom may not write into, it is all there is: keep it with the repository and hand it back.
///
/// @param device the number of the file system; for some (network, removable) another after each
///   mount
/// @param inode the folder's number within it
/// @param mountPoint whether something is mounted exactly there
public record RootIdentity(long device, long inode, boolean mountPoint) {}
