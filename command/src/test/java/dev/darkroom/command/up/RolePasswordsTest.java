package dev.darkroom.command.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolePasswordsTest {
    @TempDir private Path folder;

    @Test
    void makesOneForEachRoleAndKeepsIt() throws IOException {
        RolePasswords first = RolePasswords.of(folder);

        assertThat(first.all()).hasSize(Role.values().length);
        assertThat(first.all().values()).doesNotHaveDuplicates().allMatch(p -> p.length() == 48);
        assertThat(RolePasswords.of(folder).all()).isEqualTo(first.all());
    }

    @Test
    void letsOnlyTheOwnerReadThemAndLeavesOtherSecretsAlone() throws IOException {
        Path file = folder.resolve("secrets.properties");
        Files.writeString(file, "postgres.admin.password=known\n");

        RolePasswords _ = RolePasswords.of(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("postgres.admin.password=known");
    }
}
