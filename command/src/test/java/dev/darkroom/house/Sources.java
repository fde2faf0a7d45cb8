package dev.darkroom.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// This repository as its tests see it: where it is, its files, its classes without those of tests.
final class Sources {
    /// The folder of the checkout.
    static final Path ROOT = root();

    /// Every class of Darkroom that is not a test's.
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.darkroom");

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

    /// Where `up` keeps a library when it is started here.
    private static final Path DATA = ROOT.resolve("data");

    private Sources() {}

    /// The classes of one package and those below it.
    static List<JavaClass> in(String packageName) {
        return CLASSES.stream()
                .filter(
                        type ->
                                type.getPackageName().equals(packageName)
                                        || type.getPackageName().startsWith(packageName + "."))
                .toList();
    }

    /// The files of the repository, relative to its root, without what builds leave behind.
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(folder.getFileName().toString())
                                            || folder.equals(DATA)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            files.add(ROOT.relativize(file));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new IllegalStateException("the repository cannot be read: " + ROOT, e);
        }
        files.sort(null);
        return files;
    }

    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside Darkroom's repository");
            }
        }
        return folder;
    }
}
