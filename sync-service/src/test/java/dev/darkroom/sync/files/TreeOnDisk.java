package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A tree on a real file system, made by a test and walked by it.
abstract class TreeOnDisk {
    @TempDir Path folder;
    Path root = Path.of("");

    /// The way of reading that is tried.
    abstract TreeWalk.Way way();

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
    }

    Walked walk() throws InterruptedException {
        return walk(IgnoreRules.builtIn());
    }

    Walked walk(IgnoreRules rules) throws InterruptedException {
        Walked walked = new Walked();
        WalkSummary summary = tree(rules).walk(walked);
        assertThat(summary.files()).isEqualTo(walked.files.size());
        assertThat(summary.complete()).isTrue();
        return walked;
    }

    TreeWalk tree(IgnoreRules rules) {
        return TreeWalk.of(root, rules, way());
    }

    /// Something that may fail.
    interface Action {
        void run() throws IOException;
    }

    Walked walkAndAtTheFirstFile(Action action) throws InterruptedException {
        Walked walked =
                new Walked() {
                    @Override
                    public boolean file(WalkedPath path, FileStat stat) {
                        if (files.isEmpty()) {
                            try {
                                action.run();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        }
                        return super.file(path, stat);
                    }
                };
        tree(IgnoreRules.builtIn()).walk(walked);
        return walked;
    }

    Path at(String path) {
        Path at = root;
        for (String name : path.split("/", -1)) {
            byte[] bytes = new FilePath(name).bytes();
            at = NioFolder.resolve(at, bytes, bytes.length);
        }
        return at;
    }

    /// Makes an empty file.
    ///
    /// @return false if there is one of this name
    boolean make(String path) throws IOException {
        Path file = at(path);
        try {
            Files.createFile(file);
            return true;
        } catch (NoSuchFileException _) {
            Files.createDirectories(file.resolveSibling("."));
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    void link(String path, String target) throws IOException {
        Files.createSymbolicLink(at(path), Path.of(target));
    }

    void remove(String... names) throws IOException {
        for (String name : names) {
            try (Stream<Path> files = Files.list(at(name))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(at(name));
        }
    }

    static FilePath path(byte[] bytes) {
        return FilePath.ofBytes(bytes);
    }

    static int compareBytes(String one, String other) {
        return Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// Names that sort differently by character, by name, or by path.
    static String name(Random random) {
        String letters = "aab.-0 ~é\uFF5E\uD83D\uDCF7\\";
        StringBuilder name = new StringBuilder("x");
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            int at =
                    letters.offsetByCodePoints(
                            0, random.nextInt(letters.codePointCount(0, letters.length())));
            int letter = letters.codePointAt(at);
            name.append(letter == '\\' ? "\\\\" : Character.toString(letter));
        }
        return name.append(random.nextInt(3)).toString();
    }

    static boolean onUnix() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
