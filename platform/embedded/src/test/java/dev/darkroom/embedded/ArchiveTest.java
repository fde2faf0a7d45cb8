package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    @TempDir Path folder;

    @Test
    void unpacksFilesWithTheirExecutableBitAndLinks() throws IOException {
        TarArchiveEntry program = new TarArchiveEntry("bin/run");
        program.setMode(0755);
        TarArchiveEntry link = new TarArchiveEntry("bin/link", TarConstants.LF_SYMLINK);
        link.setLinkName("run");
        Archive.unpack(archive(program, link), folder);
        assertThat(folder.resolve("bin/run")).hasContent("content").isExecutable();
        assertThat(Files.readSymbolicLink(folder.resolve("bin/link"))).isEqualTo(Path.of("run"));
    }

    @Test
    void refusesEntriesThatLeaveTheFolder() throws IOException {
        ByteArrayInputStream file = archive(new TarArchiveEntry("../outside"));
        TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
        link.setLinkName("../../outside");
        ByteArrayInputStream links = archive(link);
        assertThatThrownBy(() -> Archive.unpack(file, folder.resolve("in")))
                .isInstanceOf(BackendsUnavailable.class)
                .hasRootCauseMessage(
                        "an archive entry leaves its folder: " + folder.resolve("in/../outside"));
        assertThatThrownBy(() -> Archive.unpack(links, folder.resolve("in")))
                .isInstanceOf(BackendsUnavailable.class);
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    private static ByteArrayInputStream archive(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (TarArchiveEntry entry : entries) {
                byte[] content =
                        entry.isSymbolicLink()
                                ? new byte[0]
                                : "content".getBytes(StandardCharsets.UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
