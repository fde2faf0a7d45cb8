package dev.darkroom.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// The folder that holds everything that lasts, locked by this process while it is open.
///
/// The lock is the operating system's: it goes with the process, however that ends.
final class DataFolder implements AutoCloseable {

    private static final String PASSWORD = "postgres.admin.password";

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /// Creates and locks the folder.
    static DataFolder open(Path folder) {
        try {
            Path root = Files.createDirectories(folder).toRealPath();
            FileChannel channel =
                    FileChannel.open(
                            root.resolve("backends.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (!lock(channel)) {
                String owner = read(channel);
                channel.close();
                throw new DataFolderInUse(root, owner.isBlank() ? "(starting)" : owner);
            }
            channel.truncate(0);
            channel.write(bytes(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the data folder " + folder, e);
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path postgresLog() {
        return root.resolve("postgres.log");
    }

    /// The remembered ports, or ports 0 when nothing is remembered yet.
    Ports rememberedPorts() {
        Properties saved = load(root.resolve("ports.properties"));
        return new Ports(
                Integer.parseInt(saved.getProperty("kafka", "0")),
                Integer.parseInt(saved.getProperty("kafka.controller", "0")),
                Integer.parseInt(saved.getProperty("postgres", "0")));
    }

    void remember(Ports ports) {
        if (ports.equals(rememberedPorts())) {
            return;
        }
        Properties saved = new Properties();
        saved.setProperty("kafka", Integer.toString(ports.kafka()));
        saved.setProperty("kafka.controller", Integer.toString(ports.controller()));
        saved.setProperty("postgres", Integer.toString(ports.postgres()));
        store(saved, root.resolve("ports.properties"), "rw-r--r--");
    }

    /// The password of PostgreSQL's administrator: made once, readable by the owner alone.
    String adminPassword() {
        Path file = root.resolve("secrets.properties");
        Properties secrets = load(file);
        String known = secrets.getProperty(PASSWORD);
        if (known != null) {
            return known;
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        secrets.setProperty(PASSWORD, made);
        store(secrets, file, "rw-------");
        return made;
    }

    @Override
    public void close() {
        try {
            lockFile.truncate(0);
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock the data folder " + root, e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return properties;
    }

    /// Replaces the file in one step, so that a crash leaves the old or the new one.
    private static void store(Properties properties, Path file, String permissions) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions)));
            try (var writer = Files.newBufferedWriter(fresh)) {
                properties.store(writer, null);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
