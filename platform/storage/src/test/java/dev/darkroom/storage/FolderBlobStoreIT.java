package dev.darkroom.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder store on a machine that fails: writers are killed, the disk fills up, the locale is
/// bare.
class FolderBlobStoreIT {
    private static final BlobKey KEY = new BlobKey("inbox/photo.jpg");

    @TempDir Path root;

    @Test
    void aWriterKilledInTheMiddleLeavesNoBlob() throws Exception {
        Process writer = child(Map.of(), "endless");
        try (BufferedReader said = writer.inputReader()) {
            assertThat(said.readLine()).isEqualTo("staging");
        } finally {
            kill(writer);
        }

        FolderBlobStore store = FolderBlobStore.open(root);

        assertThat(store.exists(KEY)).isFalse();
        try (Stream<BlobKey> keys = store.list("")) {
            assertThat(keys).isEmpty();
        }
        assertThat(store.sweep(Duration.ZERO)).as("the half blob").isOne();
    }

    @Test
    void aWriterKilledAtAnyInstantLeavesAWholeBlob() throws Exception {
        int acknowledged = 0;
        for (int kill = 0; kill < 6; kill++) {
            Process writer = child(Map.of(), "overwrite");
            try (BufferedReader said = writer.inputReader()) {
                for (int i = 0; i <= kill * 7; i++) {
                    acknowledged = Integer.parseInt(said.readLine());
                }
            } finally {
                kill(writer);
            }

            byte[] left;
            try (InputStream bytes = FolderBlobStore.open(root).read(KEY)) {
                left = bytes.readAllBytes();
            }

            assertThat(left).isEqualTo(BlobWriter.filledWith(left[0]));
            assertThat(left[0]).isGreaterThanOrEqualTo((byte) acknowledged);
        }
    }

    @Test
    void refusesToOpenWhereFileNamesAreAscii() throws Exception {
        Process writer = child(Map.of("LC_ALL", "C"), "overwrite");

        String said = new String(writer.getErrorStream().readAllBytes(), UTF_8);

        assertThat(writer.waitFor()).isNotZero();
        assertThat(said).contains("start it with LC_ALL=C.UTF-8");
    }

    @Test
    void aFullDiskIsToldApartAndLeavesNothingBehind() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", root.toString()))
                .as("only root may mount a small disk")
                .isZero();
        try {
            FolderBlobStore store = FolderBlobStore.open(root);
            store.put(KEY, new byte[1_000_000]);

            assertThatThrownBy(() -> store.put(new BlobKey("inbox/big"), new byte[5_000_000]))
                    .isInstanceOf(StorageFull.class)
                    .hasMessageContaining("no space left");

            assertThat(store.exists(new BlobKey("inbox/big"))).isFalse();
            assertThat(store.sweep(Duration.ZERO)).isZero();
            store.put(new BlobKey("inbox/small"), new byte[500_000]);
            assertThat(store.size(KEY)).contains(1_000_000L);
        } finally {
            run("umount", root.toString());
        }
    }

    @Test
    void aFileFromAnotherDiskIsCopiedIn() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                .as("only root may mount a small disk")
                .isZero();
        try {
            Path file = Files.writeString(disk.resolve("partial"), "from another disk");
            FolderBlobStore store = FolderBlobStore.open(root.resolve("store"));

            try (StagedBlob staged = store.stage(file)) {
                staged.publish(KEY);
            }

            assertThat(store.local(KEY)).hasContent("from another disk");
        } finally {
            run("umount", disk.toString());
        }
    }

    private Process child(Map<String, String> environment, String what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(BlobWriter.class.getName(), root.toString(), KEY.value(), what));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(Arrays.asList(command)).inheritIO().start().waitFor();
    }
}
