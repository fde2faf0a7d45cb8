package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {

    @TempDir Path etc;

    @BeforeEach
    void makeParts() throws IOException {
        Files.createDirectory(etc.resolve("sources.list.d"));
    }

    @Test
    void derivesAnotherReleaseFromStanzas() throws IOException {
        // given the file that Debian's images carry
        Files.writeString(
                etc.resolve("sources.list.d/debian.sources"),
                """
                Types: deb
                # a comment
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /keys/debian.gpg

                Types: deb
                URIs: http://mirror.example/debian-security
                Suites: bookworm-security
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                """);

        // when another release is wanted
        String lines = AptSources.read(etc).forRelease("bookworm", "trixie", "forky");

        // then the same archives are named, with keys, and of the later release only sources
        String keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
        assertThat(lines.lines())
                .contains(
                        "deb [signed-by=/keys/debian.gpg] http://mirror.example/debian trixie main",
                        "deb-src [signed-by=/keys/debian.gpg] http://mirror.example/debian"
                                + " trixie-backports main",
                        "deb-src [signed-by=/keys/debian.gpg] http://mirror.example/debian"
                                + " forky main",
                        "deb [signed-by="
                                + keys
                                + "] http://mirror.example/debian-security"
                                + " trixie-security main")
                .noneMatch(line -> line.startsWith("deb ") && line.contains("forky"))
                .noneMatch(line -> line.contains("bookworm"));
    }

    @Test
    void derivesAnotherReleaseFromOneLineEntriesAndDropsTheirTrust() throws IOException {
        Files.writeString(
                etc.resolve("sources.list"),
                """
                # deb http://old.example/debian bookworm main
                deb [arch=amd64 trusted=yes signed-by=/keys/own.gpg] http://own.example/debian bookworm main contrib
                deb-src http://own.example/debian bookworm main
                """);
        assertThat(AptSources.read(etc).forRelease("bookworm", "trixie", "forky").lines())
                .contains("deb [signed-by=/keys/own.gpg] http://own.example/debian trixie main")
                .noneMatch(line -> line.contains("trusted") || line.contains("old.example"));
    }

    @Test
    void derivesNothingFromArchivesOfOthers() throws IOException {
        Files.writeString(
                etc.resolve("sources.list.d/other.list"),
                "deb https://other.example/apt stable main");
        Files.writeString(
                etc.resolve("sources.list.d/off.sources"),
                """
                Enabled: no
                Types: deb
                URIs: http://mirror.example/debian
                Suites: bookworm
                """);
        assertThat(AptSources.read(etc).forRelease("bookworm", "trixie", "forky")).isEmpty();
    }
}
