package dev.darkroom.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.ingest.IngestServiceApplication;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.schema.FileCreated;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/// New files in a watched folder per second, from their events on `file-changed` to their assets,
/// against a loop that hashes and probes the same files with as many child processes.
///
/// Small photos, so that what a file costs in PostgreSQL and Kafka is seen. sync-service has hashed
/// them before, so ingest-service does not.
public final class InPlaceBench {
    private static final int PHOTOS = Integer.getInteger("files", 2_000);
    private static final int WARM_UP = 500;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final Path folder;
    private final HikariDataSource pool;
    private final KafkaProperties kafka;
    private final UUID repository = UUID.randomUUID();
    private final List<byte[]> originals = new ArrayList<>();
    private long number;

    private InPlaceBench(Path folder, HikariDataSource pool, KafkaProperties kafka) {
        this.folder = folder;
        this.pool = pool;
        this.kafka = kafka;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-in-place");
        try (Backends backends =
                Backends.start(folder.resolve("backends"), BackendOptions.defaults())) {
            PostgresAddress server = backends.postgres();
            DatabaseAddress address = new DatabaseAddress(server.host(), server.port(), "darkroom");
            Login login = new Login(server.adminUser(), server.adminPassword());
            new Bootstrap(address, login)
                    .run(
                            Arrays.stream(Role.values())
                                    .collect(Collectors.toMap(role -> role, _ -> "bench")));
            new Migrations(address, new Login(Role.OWNER.roleName(), "bench")).migrate();
            KafkaProperties kafka = new KafkaProperties(backends.bootstrapServers(), 6, (short) 1);
            new Topics(kafka).ensureEventTopics();
            try (HikariDataSource pool = Pools.open(address, login, "bench")) {
                InPlaceBench bench = new InPlaceBench(folder, pool, kafka);
                try (var _ = bench.startService(address)) {
                    bench.run();
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private ConfigurableApplicationContext startService(DatabaseAddress address) {
        return new SpringApplicationBuilder(IngestServiceApplication.class)
                .run(
                        "--spring.config.name=ingest-service",
                        "--server.port=0",
                        "--darkroom.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--darkroom.database.host=" + address.host(),
                        "--darkroom.database.port=" + address.port(),
                        "--darkroom.database.name=" + address.name(),
                        "--darkroom.database.password=bench",
                        "--darkroom.ingest.media-processes=" + processors,
                        "--darkroom.ingest.library-folder=" + folder.resolve("library"),
                        "--darkroom.upload.folder=" + folder.resolve("uploads"));
    }

    private void run() throws Exception {
        for (int i = 0; i < 16; i++) {
            originals.add(photo(new Random(i)));
        }
        Files.createDirectory(folder.resolve("watched"));
        JdbcClient.create(pool)
                .sql(
                        "insert into repositories (repository_id, name, path) values (:id, 'bench', :path)")
                .param("id", repository)
                .param("path", folder.resolve("watched").toString())
                .update();
        try (MediaPool media = new MediaPool(MediaOptions.defaults().withProcesses(processors))) {
            List<Path> warm = fresh("warm", WARM_UP);
            loop(media, warm);
            ingest(warm);
            out.printf(
                    Locale.ROOT,
                    "%d photos of %d kB, %d processors%n%n| round | loop files/s | ingest files/s | ratio |%n|--:|--:|--:|--:|%n",
                    PHOTOS,
                    originals.getFirst().length / 1_000,
                    processors);
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                List<Path> photos = fresh("round-" + round, PHOTOS);
                Duration loop = loop(media, photos);
                Duration ingest = ingest(photos);
                ratios.add((double) loop.toNanos() / ingest.toNanos());
                out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.2f |%n",
                        round,
                        PHOTOS * 1e9 / loop.toNanos(),
                        PHOTOS * 1e9 / ingest.toNanos(),
                        ratios.getLast());
            }
            ratios.sort(null);
            out.printf(Locale.ROOT, "%nmedian ratio %.2f%n", ratios.get(ROUNDS / 2));
        }
    }

    private Duration loop(MediaPool media, List<Path> photos) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(processors)) {
            List<Callable<Sha256>> work = new ArrayList<>();
            for (Path photo : photos) {
                work.add(
                        () -> {
                            media.probe(photo, photo.toString());
                            return hash(photo);
                        });
            }
            for (Future<Sha256> one : executor.invokeAll(work)) {
                one.get();
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Records the files as sync-service does, and takes the time from their events on.
    private Duration ingest(List<Path> photos) throws Exception {
        List<FileCreated> events = new ArrayList<>();
        for (Path photo : photos) {
            events.add(record(photo));
        }
        long expected = assets() + photos.size();
        long start = System.nanoTime();
        try (EventPublisher publisher =
                new EventPublisher(kafka, new EventCodec(), "darkroom/bench")) {
            List<CompletableFuture<Void>> sent = events.stream().map(publisher::publish).toList();
            sent.forEach(CompletableFuture::join);
            while (assets() < expected) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long assets() {
        return JdbcClient.create(pool)
                .sql("select count(*) from assets")
                .query(Long.class)
                .single();
    }

    private FileCreated record(Path file) throws IOException {
        String path = folder.resolve("watched").relativize(file).toString();
        Instant modified =
                Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS);
        Sha256 sha256 = hash(file);
        long id =
                JdbcClient.create(pool)
                        .sql(
                                """
                                insert into file_records (repository_id, file_path, file_size, mod_time,
                                    change_time, device, inode, content_hash, content_version, hash_pending)
                                values (:repository, :path, :size, :modified, now(), 1, 1, :hash, 1, false)
                                returning file_id
                                """)
                        .param("repository", repository)
                        .param("path", path)
                        .param("size", Files.size(file))
                        .param("modified", modified.atOffset(ZoneOffset.UTC))
                        .param("hash", sha256.contentHash())
                        .query(Long.class)
                        .single();
        return new FileCreated(
                repository, id, 1, new FilePath(path), Files.size(file), sha256, modified);
    }

    private static Sha256 hash(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Sha256.of(bytes);
        }
    }

    /// So many files that no library has seen: each has eight bytes of its own behind the picture's
    /// end.
    private List<Path> fresh(String name, int count) throws IOException {
        Path into = Files.createDirectories(folder.resolve("watched").resolve(name));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] photo = originals.get(i % originals.size());
            byte[] bytes = Arrays.copyOf(photo, photo.length + Long.BYTES);
            ByteBuffer.wrap(bytes).putLong(photo.length, number++);
            files.add(Files.write(into.resolve("photo-%05d.jpg".formatted(i)), bytes));
        }
        return files;
    }

    private static byte[] photo(Random random) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 480; y++) {
            for (int x = 0; x < 640; x++) {
                image.setRGB(
                        x, y, (((x / 3) << 16) | ((y / 2) << 8) | random.nextInt(40)) & 0xffffff);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
