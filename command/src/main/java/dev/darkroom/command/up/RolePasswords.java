package dev.darkroom.command.up;

import dev.darkroom.database.Login;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The passwords of the database roles, generated once per data folder and kept in its
/// `secrets.properties`, which only its owner can read.
public final class RolePasswords {
    private static final String FILE = "secrets.properties";
    private static final int RANDOM_BYTES = 24;

    private final Map<Role, String> passwords;

    private RolePasswords(Map<Role, String> passwords) {
        this.passwords = new EnumMap<>(passwords);
    }

    /// Reads them, and makes those that are missing.
    public static RolePasswords of(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(FILE);
        Properties secrets = read(file);
        Map<Role, String> passwords = new EnumMap<>(Role.class);
        boolean anyNew = false;
        for (Role role : Role.values()) {
            String key = role.roleName() + ".password";
            String known = secrets.getProperty(key);
            if (known == null) {
                known = random();
                secrets.setProperty(key, known);
                anyNew = true;
            }
            passwords.put(role, known);
        }
        if (anyNew) {
            write(secrets, file);
        }
        return new RolePasswords(passwords);
    }

    public Login login(Role role) {
        return new Login(role.roleName(), password(role));
    }

    String password(Role role) {
        return passwords.getOrDefault(role, "");
    }

    /// The administrator of the server that `up` starts; empty where it was given another one.
    public static Optional<Login> administrator(Path dataFolder) throws IOException {
        return Optional.ofNullable(
                        read(dataFolder.resolve(FILE)).getProperty("postgres.admin.password"))
                .map(password -> new Login("postgres", password));
    }

    public Map<Role, String> all() {
        return Map.copyOf(passwords);
    }

    private static Properties read(Path file) throws IOException {
        Properties secrets = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                secrets.load(reader);
            }
        }
        return secrets;
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    private static void write(Properties secrets, Path file) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            secrets.store(writer, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
