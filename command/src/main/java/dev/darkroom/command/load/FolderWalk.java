package dev.darkroom.command.load;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Walks a folder and everything below it, through links too, in the order the file system gives.
///
/// Hidden files and folders are passed over in silence. What cannot be read is told and does not
/// stop the walk; a link that leads back up is told and not followed.
final class FolderWalk {
    /// Hears of each find.
    interface Listener {
        /// Takes a find.
        ///
        /// @return false to stop the walk
        boolean found(Found found);
    }

    private final Path root;

    /// @param root a folder, or a single file
    FolderWalk(Path root) {
        this.root = root;
    }

    /// Walks, on this thread.
    void run(Listener listener) throws IOException {
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new Visitor(listener));
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Listener listener;

        Visitor(Listener listener) {
            this.listener = listener;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return isHidden(file) ? FileVisitResult.CONTINUE : tell(look(file, attributes));
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException cause) {
            // Passed over too: a file that went away meanwhile.
            return isHidden(path) || cause instanceof NoSuchFileException
                    ? FileVisitResult.CONTINUE
                    : tell(new Found.Unreadable(path, reason(cause)));
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException cause) {
            return cause == null
                    ? FileVisitResult.CONTINUE
                    : tell(new Found.Unreadable(folder, reason(cause)));
        }

        private Found look(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
                // A link to nothing, a device, or a pipe, which could be waited for without end.
                return new Found.NoMedia(file);
            }
            try {
                return MediaNames.mayBeMedia(file)
                        ? new Found.Media(file, attributes.size())
                        : new Found.NoMedia(file);
            } catch (IOException e) {
                return new Found.Unreadable(file, reason(e));
            }
        }

        private FileVisitResult tell(Found found) {
            return listener.found(found) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private boolean isHidden(Path path) {
            return !path.equals(root) && String.valueOf(path.getFileName()).startsWith(".");
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemLoopException _ -> "a link that leads back to a folder above it";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
