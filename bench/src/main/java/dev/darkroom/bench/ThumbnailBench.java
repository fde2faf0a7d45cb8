package dev.darkroom.bench;

import dev.darkroom.bench.thumbnails.Photos;
import dev.darkroom.bench.thumbnails.ThumbnailRace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Three thumbnails of a camera's photo, per second of processor time, against sharp.
///
/// `-Dphotos=FOLDER` adds real photos to the drawn ones. What the rival is, how both are run and
/// what must hold stands in `docs/thumbnails.md`.
public final class ThumbnailBench {

    private ThumbnailBench() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("darkroom-thumbnails");
        try {
            List<Photos.Photo> photos = new ArrayList<>(Photos.drawn(folder));
            String real = System.getProperty("photos", "");
            if (!real.isBlank()) {
                photos.addAll(Photos.from(Path.of(real)));
            }
            new ThumbnailRace(out, Path.of("sharp"), photos, Photos.turned(folder))
                    .run(Integer.getInteger("rounds", 7));
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
