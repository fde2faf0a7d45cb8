package dev.darkroom.inference.fetch;

import dev.darkroom.inference.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What `sha256sum` prints for all files of a folder, sorted by name: by its hash a whole folder
/// can be told from another.
final class Listing {
    private Listing() {}

    static String hash(Path folder) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(folder)) {
            names =
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .sorted()
                            .toList();
        }
        StringBuilder listing = new StringBuilder();
        for (String name : names) {
            listing.append(Sha256.of(folder.resolve(name))).append("  ").append(name).append('\n');
        }
        return Sha256.of(listing.toString());
    }
}
