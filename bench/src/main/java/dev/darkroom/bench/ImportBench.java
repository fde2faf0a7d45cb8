package dev.darkroom.bench;

import dev.darkroom.command.up.RolePasswords;
import dev.darkroom.command.up.Steps;
import dev.darkroom.command.up.UpOptions;
import dev.darkroom.command.up.UpPorts;
import dev.darkroom.command.up.WholeSystem;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Photos per second of an import, against the same work done in a loop.
///
/// The floor is what cannot be saved: read and hash each file, probe it, make its three thumbnails,
/// on as many threads as there are processors, through the same child processes; nothing is stored,
/// nothing is sent. The import is everything: Kafka, the stored original and thumbnails with their
/// flushes, PostgreSQL, change data capture, until the asset is ready. Both take turns in one run.
public final class ImportBench {
    private static final int PHOTOS = 192;
    private static final int WARM_UP = 32;
    private static final int ROUNDS = 5;
    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(
                            new RenderSize("large", 1_024),
                            new RenderSize("medium", 300),
                            new RenderSize("small", 150)),
                    80);

    private final PrintStream out;
    private final Path folder;
    private final int processors = Runtime.getRuntime().availableProcessors();
    private int expected;

    private ImportBench(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-bench");
        try {
            new ImportBench(new PrintStream(System.out, true, StandardCharsets.UTF_8), folder)
                    .run();
        } finally {
            delete(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private void run() throws Exception {
        CameraPhotos photos = new CameraPhotos(folder, 16);
        UpOptions options =
                new UpOptions(
                        folder.resolve("data"),
                        new UpPorts(0, 0, 0, 0, 0),
                        null,
                        UpOptions.OnFailedMigration.FAIL,
                        List.of(folder));
        Steps steps = new Steps(System.err);
        try (WholeSystem system = WholeSystem.start(options, steps);
                MediaPool media =
                        new MediaPool(MediaOptions.defaults().withProcesses(processors))) {
            loop(media, photos.fresh(folder.resolve("warm-loop"), WARM_UP));
            pipeline(system, photos.fresh(folder.resolve("warm-import"), WARM_UP));
            out.printf(
                    Locale.ROOT,
                    "%d photos of 12 megapixels, %d processors%n%n%-6s %14s %14s %8s%n",
                    PHOTOS,
                    processors,
                    "round",
                    "loop photos/s",
                    "import",
                    "ratio");
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                ratios.add(round(system, media, photos, round));
            }
            ratios.sort(null);
            out.printf(Locale.ROOT, "%nmedian ratio %.2f%n", ratios.get(ROUNDS / 2));
        }
    }

    private double round(WholeSystem system, MediaPool media, CameraPhotos photos, int round)
            throws Exception {
        Path batch = folder.resolve("round-" + round);
        Duration loop = loop(media, photos.fresh(batch, PHOTOS));
        Duration whole = pipeline(system, photos.fresh(batch, PHOTOS));
        double ratio = (double) loop.toNanos() / whole.toNanos();
        out.printf(
                Locale.ROOT, "%-6d %14.1f %14.1f %8.2f%n", round, rate(loop), rate(whole), ratio);
        delete(batch);
        return ratio;
    }

    private static double rate(Duration time) {
        return PHOTOS * 1e9 / time.toNanos();
    }

    private Duration loop(MediaPool media, List<Path> photos) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(processors)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (Path photo : photos) {
                work.add(
                        () -> {
                            hash(photo);
                            media.probe(photo, photo.toString());
                            return media.render(photo, SIZES).renditions().size();
                        });
            }
            for (Future<Integer> one : executor.invokeAll(work)) {
                one.get();
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void hash(Path photo) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(photo), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private Duration pipeline(WholeSystem system, List<Path> photos) throws Exception {
        long start = System.nanoTime();
        try (EventPublisher publisher =
                new EventPublisher(
                        new KafkaProperties(system.running().kafka(), 6, (short) 1),
                        new EventCodec(),
                        "darkroom/bench")) {
            for (Path photo : photos) {
                publisher.publish(submission(photo)).join();
            }
        }
        expected += photos.size();
        awaitReady(system);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static AssetSubmitted submission(Path photo) throws Exception {
        return new AssetSubmitted(
                EventCodec.newId(),
                new StorageUri(photo.toUri().toString()),
                photo.getFileName().toString(),
                Files.size(photo),
                null,
                null,
                null,
                5,
                Instant.now());
    }

    private void awaitReady(WholeSystem system) throws Exception {
        Login owner = RolePasswords.of(folder.resolve("data")).login(Role.OWNER);
        try (Connection connection =
                DriverManager.getConnection(
                        system.running().jdbcUrl(), owner.user(), owner.password())) {
            while (ready(connection) < expected) {
                Thread.sleep(Duration.ofMillis(20));
            }
        }
    }

    private static int ready(Connection connection) throws Exception {
        try (ResultSet row =
                connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) from assets where ready_version = version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
