package dev.darkroom.sync.files;

/// Hears what a walk finds, in the order of the paths' bytes, on the thread that called `walk`.
///
/// The walk reads a little ahead and waits while the visitor works. What a visitor throws ends the
/// walk and comes out of it.
public interface TreeVisitor {
    /// Takes a regular file.
    ///
    /// @param path valid only during the call
    /// @return false to end the walk
    boolean file(WalkedPath path, FileStat stat) throws InterruptedException;

    /// Something could not be read. It may be there or not: nothing may be concluded about it, nor
    /// about anything below it that was not told before. Usually told before any of its entries,
    /// but a folder can also be lost in the middle.
    ///
    /// @param path a folder or a file; empty for the root itself
    void unreadable(WalkedPath path, String reason) throws InterruptedException;

    /// Something was passed over.
    default void skipped(WalkedPath path, Skipped why) {}

    /// Something was in its folder's listing and was gone before it could be looked at. No error:
    /// it was removed, or renamed, perhaps to a place where the walk has been already.
    default void vanished(WalkedPath path) {}

    /// A folder below the root on which another file system, or another part of the same, is
    /// mounted. Without that mount it would be an empty folder: remember it.
    default void mountPoint(WalkedPath folder, long device) {}
}
