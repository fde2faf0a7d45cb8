package dev.darkroom.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// As whom PostgreSQL runs, since it refuses to run as root.
///
/// @param prefix put before a command line to run it as that user; the process id stays the same
/// @param fileOwner the user id that must own the data, as seen from outside; -1 leaves it alone
record ServerUser(List<String> prefix, int fileOwner) {

    private static final List<String> NAMESPACE =
            List.of("unshare", "-U", "--map-user=1000", "--map-group=1000");

    private static final int NOBODY = 65_534;

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /// The way that works here: as we are, or as root in a user namespace that needs no user and no
    /// change of owner, or as root through setpriv where namespaces are forbidden.
    static ServerUser detect() {
        if (currentUserId() != 0) {
            return new ServerUser(List.of(), -1);
        }
        if (Command.exists("unshare")
                && Command.of(line(NAMESPACE, List.of("true"))).tryRun().exit() == 0) {
            return new ServerUser(NAMESPACE, 0);
        }
        return throughSetpriv(NOBODY);
    }

    /// Runs as another user id, which must be able to reach the programs and the data.
    static ServerUser throughSetpriv(int userId) {
        if (!Command.exists("setpriv")) {
            throw new BackendsUnavailable(
                    "PostgreSQL refuses to run as root, and neither `unshare`"
                            + " nor `setpriv` works here: start as an ordinary user");
        }
        List<String> prefix =
                List.of("setpriv", "--reuid=" + userId, "--regid=" + userId, "--clear-groups");
        return new ServerUser(prefix, userId);
    }

    /// The line with this user's prefix.
    List<String> line(List<String> command) {
        return line(prefix, command);
    }

    /// Gives a folder with all it holds to this user, if it is another's.
    void own(Path folder) {
        if (fileOwner < 0 || !Files.exists(folder)) {
            return;
        }
        try {
            if (!Files.getAttribute(folder, "unix:uid").equals(fileOwner)) {
                Files.walkFileTree(folder, new Chown(fileOwner));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + folder + " to user " + fileOwner, e);
        }
    }

    /// Refuses a folder that this user could not reach.
    void requireWayTo(Path folder) {
        List<String> test = List.of("test", "-x", folder.toString());
        if (fileOwner > 0 && Command.of(line(test)).tryRun().exit() != 0) {
            throw new BackendsUnavailable(
                    "PostgreSQL runs as user "
                            + fileOwner
                            + " here, since it refuses to run as root, and that user may not enter "
                            + folder
                            + ": choose another folder, or start as an ordinary user");
        }
    }

    private static List<String> line(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    static int currentUserId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the user id of this process", e);
        }
    }

    private static final class Chown extends SimpleFileVisitor<Path> {

        private final int owner;

        Chown(int owner) {
            this.owner = owner;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            return give(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            return give(file);
        }

        private FileVisitResult give(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
        }
    }
}
