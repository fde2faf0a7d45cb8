package dev.darkroom.sync.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A folder that is held open, so that what is said about its entries is said about them, even if
/// the folder is renamed meanwhile. Names are the bytes of their texts.
///
/// Methods throw `NoSuchFileException` for what is gone, other `IOException`s with the reason alone
/// as their message.
interface OpenFolder extends AutoCloseable {
    long device();

    long inode();

    /// Whether something is mounted here.
    boolean isMountPoint();

    /// Reads the names.
    ///
    /// @param into keeps the names read before a failure
    void list(Listing into) throws IOException;

    /// Looks at an entry without following links.
    void look(byte[] name, int from, int to, Look look) throws IOException;

    /// Opens a folder below this one.
    ///
    /// @throws NotAFolder if it is none, or none any more
    OpenFolder open(byte[] name, int from, int to) throws IOException;

    /// Opens the folder above this one, which may have changed since this one was opened.
    ///
    /// @return null where this cannot be done
    @Nullable OpenFolder openParent() throws IOException;

    /// A path by which an entry can be reached while this folder is open.
    Path pathOf(byte[] name, int from, int to);

    /// The folder's descriptor, -1 where there are none.
    int descriptor();

    @Override
    void close();

    /// What was found under a name is no folder.
    final class NotAFolder extends IOException {
        private static final long serialVersionUID = 1L;

        NotAFolder() {
            super("it is no folder");
        }
    }
}
