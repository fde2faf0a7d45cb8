package dev.darkroom.sync.files;

/// What is at one path of a repository at one moment.
public sealed interface PathState {
    /// A regular file.
    record File(FileStat stat) implements PathState {}

    /// A folder.
    record Folder(long device, long inode) implements PathState {}

    /// A symbolic link, socket, pipe or device.
    record Other() implements PathState {}

    /// Nothing; or a folder above it is none any more, or only a link.
    record Missing() implements PathState {}

    /// It could not be looked at, so nothing can be concluded.
    record Unreadable(String reason) implements PathState {}
}
