package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.child.Faults;
import dev.darkroom.media.child.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one pool answers about files that do it no harm.
class MediaPoolAnswersIT {

    private static MediaPool pool;

    @TempDir private static Path directory;

    @BeforeAll
    static void open() {
        pool =
                new MediaPool(
                        MediaOptions.defaults().withProcesses(1).withNativeDecoders(false),
                        Faults.class.getName());
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private static Path photo(String name) {
        return TestPictures.save(directory, name, TestPictures.jpeg(800, 600));
    }

    @Test
    void probesAPhotoWithHostileMetadataWithoutIt() throws Exception {
        MediaFacts facts = pool.probe(photo("fault-metadata.jpg"), "Beach.jpg");

        assertThat(facts.width()).isEqualTo(800);
        assertThat(facts.warnings())
                .singleElement()
                .asString()
                .contains("metadata could not be read");
    }

    @Test
    void saysWhatItCanRenderAndHowItIsConfined() throws Exception {
        MediaCapabilities capabilities = pool.capabilities();

        assertThat(capabilities.renders("image/jpeg")).isTrue();
        assertThat(capabilities.renders("image/heic")).isFalse();
        assertThat(capabilities.missing())
                .anyMatch(line -> line.startsWith("HEIC: native decoders are switched off"));
        assertThat(capabilities.confinement()).isNotEmpty();
    }

    @Test
    void tellsAMissingFileFromAnUnreadableOne() {
        assertThatThrownBy(() -> pool.probe(directory.resolve("nowhere.jpg"), "nowhere.jpg"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pool.probe(directory, "folder.jpg"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(
                        () ->
                                pool.probe(
                                        Files.createFile(directory.resolve("empty.jpg")),
                                        "empty.jpg"))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessage("the file is empty");
    }

    @Test
    void readsFilesWithNamesInAnyScript() throws Exception {
        Path file = photo("Größe 写真 📷.jpg");

        assertThat(pool.probe(file, "📷").width()).isEqualTo(800);
    }
}
