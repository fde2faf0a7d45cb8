package dev.darkroom.sync.files;

/// The system allows no more watches for this user. What is watched stays watched.
///
/// @param sysctl the setting that limits it
/// @param allowed its value now, -1 if it cannot be read
/// @param watched how many folders this watch has; other programs of the user have the rest
/// @param unwatched how many folders were met that are not watched; there can be more below them
public record WatchLimitReached(String sysctl, long allowed, int watched, int unwatched) {
    /// What happened, and what to do.
    public String message() {
        return "the system allows no more than %d inotify watches for this user (%s); %d folders are"
                        .formatted(allowed, sysctl, watched)
                + " watched, %d and what is below them are not and will only be scanned; raise it: sysctl -w %s=%d"
                        .formatted(unwatched, sysctl, Math.max(524_288, Math.max(0, allowed) * 2));
    }
}
