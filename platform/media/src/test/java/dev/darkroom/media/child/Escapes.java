package dev.darkroom.media.child;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an attacker who has taken over a child would try next. What works is said on standard
/// error, and the child ends.
@SuppressWarnings("restricted") // an attacker calls the system directly
final class Escapes {

    private final List<String> worked = new ArrayList<>();

    private Escapes() {}

    private interface Attempt {
        void make() throws Throwable;
    }

    /// @param file is called `fault-escape.<the service's process id>.<a port it listens on>.jpg`
    ///   and lies beside `secret.txt` and `victim.txt`
    static void tryAll(Path file) {
        Path folder = file.resolveSibling("");
        String[] name = String.valueOf(file.getFileName()).split("\\.", 4);
        int service = Integer.parseInt(name[1]);
        int port = Integer.parseInt(name[2]);
        Escapes escapes = new Escapes();
        escapes.attempt("read a neighbour", () -> Files.readString(folder.resolve("secret.txt")));
        escapes.attempt("read the passwords", () -> Files.readString(Path.of("/etc/shadow")));
        escapes.attempt("list a folder", () -> listed(folder));
        escapes.attempt(
                "read another process",
                () -> Files.readString(Path.of("/proc", name[1], "environ")));
        escapes.attempt(
                "write a neighbour", () -> Files.writeString(folder.resolve("victim.txt"), "!"));
        escapes.attempt("create a file", () -> Files.createFile(folder.resolve("new.txt")));
        escapes.attempt("delete a file", () -> Files.delete(folder.resolve("victim.txt")));
        escapes.attempt("write to /tmp", () -> Files.createTempFile(Path.of("/tmp"), "x", "y"));
        escapes.attempt(
                "connect", () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        escapes.attempt("listen", () -> new ServerSocket(0).close());
        escapes.attempt("start a program", () -> new ProcessBuilder("/bin/true").start());
        escapes.attempt("fork", Escapes::fork);
        escapes.attempt("kill the service", () -> kill(service));
        System.err.println("escaped: " + escapes.worked);
        Runtime.getRuntime().halt(44);
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.make();
            worked.add(what);
        } catch (Throwable e) {
            // It is confined, as it should be.
        }
    }

    private static void listed(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.iterator().next();
        }
    }

    private static void fork() throws Throwable {
        int pid = call("fork");
        if (pid == 0) {
            Runtime.getRuntime().halt(0);
        }
        if (pid < 0) {
            throw new IOException("no fork");
        }
    }

    private static void kill(int pid) throws Throwable {
        Linker linker = Linker.nativeLinker();
        int failed =
                (int)
                        linker.downcallHandle(
                                        linker.defaultLookup().findOrThrow("kill"),
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.JAVA_INT))
                                .invokeExact(pid, 0);
        if (failed != 0) {
            throw new IOException("no signal");
        }
    }

    private static int call(String function) throws Throwable {
        Linker linker = Linker.nativeLinker();
        return (int)
                linker.downcallHandle(
                                linker.defaultLookup().findOrThrow(function),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT))
                        .invokeExact();
    }
}
