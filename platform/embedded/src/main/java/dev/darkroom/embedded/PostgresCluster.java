package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The files of one PostgreSQL server: made once by `initdb`, configured anew at every start.
///
/// @param folder the data folder
/// @param binaries whose `initdb` makes it
/// @param user who owns it
record PostgresCluster(Path folder, PostgresBinaries binaries, ServerUser user) {

    private static final String OURS = "darkroom.conf";

    /// Makes the data folder when it is not there. A crash in between leaves nothing that counts.
    void create(String adminPassword) {
        user.requireWayTo(binaries.bin());
        user.requireWayTo(Objects.requireNonNull(folder.getParent(), "parent"));
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        Path passwordFile = folder.resolveSibling("initdb.password");
        try {
            Folders.delete(fresh);
            if (!Files.exists(folder.resolve("PG_VERSION"))) {
                initialise(fresh, passwordFile, adminPassword);
                Files.writeString(
                        fresh.resolve("postgresql.conf"),
                        "\n# Written at every start; what ALTER SYSTEM sets still wins.\n"
                                + "include '"
                                + OURS
                                + "'\n",
                        StandardOpenOption.APPEND);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            user.own(folder);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot make a PostgreSQL data folder " + folder, e);
        }
    }

    /// Writes our settings.
    void configure(int port, boolean durable) {
        try {
            Files.writeString(folder.resolve(OURS), settings(port, durable));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot configure PostgreSQL in " + folder, e);
        }
    }

    private void initialise(Path fresh, Path passwordFile, String adminPassword)
            throws IOException {
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.createDirectory(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.writeString(passwordFile, adminPassword);
            user.own(passwordFile);
            user.own(fresh);
            Command.of(user.line(initdb(fresh, passwordFile))).run();
        } finally {
            Files.delete(passwordFile);
        }
    }

    private List<String> initdb(Path fresh, Path passwordFile) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                binaries.bin().resolve("initdb").toString(),
                                "-D",
                                fresh.toString(),
                                "-U",
                                "postgres",
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--data-checksums",
                                "--no-instructions"));
        line.addAll(locale());
        return line;
    }

    /// Code point order with Unicode's upper and lower case where there is a locale for it. From 17
    /// on PostgreSQL has its own, which no update of the system's C library changes under an index.
    private List<String> locale() {
        boolean unicode =
                Command.of("locale", "-a")
                        .tryRun()
                        .output()
                        .lines()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches("c\\.utf-?8"));
        List<String> locale = new ArrayList<>(List.of(unicode ? "--locale=C.UTF-8" : "--locale=C"));
        if (binaries.major() >= 17) {
            locale.add("--locale-provider=builtin");
            locale.add("--builtin-locale=C.UTF-8");
        }
        return locale;
    }

    private static String settings(int port, boolean durable) {
        String settings =
                """
                # Written by Darkroom at every start: changes here are lost.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_checkpoints = off
                jit = off

                shared_buffers = 256MB
                wal_level = logical
                max_replication_slots = 10
                max_wal_senders = 10
                max_slot_wal_keep_size = 8GB
                max_wal_size = 2GB
                checkpoint_timeout = 15min
                """
                        .formatted(port);
        return durable
                ? settings
                : settings + "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n";
    }
}
