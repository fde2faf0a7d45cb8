package dev.darkroom.sync.files;

import java.util.UUID;

/// Whether the folder of a repository is there, before anything is concluded from what is not in
/// it.
public sealed interface RootState {
    /// It is there, and it is the one.
    ///
    /// @param marked whether that is known by its marker file, and not only by its inode
    record Present(RootIdentity identity, boolean marked) implements RootState {}

    /// It has never been seen before: no marker is in it, and none was expected. Mark it, or
    /// remember its identity.
    record New(RootIdentity identity) implements RootState {}

    /// It is there, but without a single file or folder. That may be true; a disk that is not
    /// mounted looks the same. Nothing may be deleted.
    record Empty(String reason) implements RootState {}

    /// It is not there, or another file system is in its place: its marker is missing, or its inode
    /// is another. Nothing may be deleted.
    record Unmounted(String reason) implements RootState {}

    /// It is marked as another repository's.
    record OtherRepository(UUID repositoryId) implements RootState {}

    /// It cannot be read.
    record Unreadable(String reason) implements RootState {}
}
