package dev.darkroom.sync.files;

/// What a walk came to.
///
/// @param files regular files told
/// @param folders folders read, the first one included
/// @param unreadable files and folders that could not be read
/// @param skipped what was passed over, whatever the reason
/// @param vanished what was gone before it could be looked at
/// @param complete false if the visitor ended the walk
public record WalkSummary(
        long files, long folders, long unreadable, long skipped, long vanished, boolean complete) {}
