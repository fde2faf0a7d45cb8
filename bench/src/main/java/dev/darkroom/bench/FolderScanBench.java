package dev.darkroom.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.database.Pools;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.Leases;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.WatchedRepository;
import dev.darkroom.sync.folders.scan.ContentReader;
import dev.darkroom.sync.folders.scan.FolderScan;
import dev.darkroom.sync.folders.scan.Mounts;
import dev.darkroom.sync.folders.scan.Root;
import dev.darkroom.sync.folders.scan.ScanResult;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What scans of 10 thousand to a million files cost, against `find -printf` on the same tree.
///
/// `find` with size, time and inode of each file is the floor: it looks at everything once and
/// keeps nothing. Each round runs it and the scan in turns. The heap is given by `-Xmx`.
public final class FolderScanBench {
    private static final int FILES_PER_FOLDER = 250;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Path folder;
    private final HikariDataSource pool;
    private final JdbcClient admin;
    private final int rounds = Integer.getInteger("rounds", 5);

    private FolderScanBench(Path folder, HikariDataSource pool, JdbcClient admin) {
        this.folder = folder;
        this.pool = pool;
        this.admin = admin;
    }

    public static void main(String[] args) throws Exception {
        Path folder =
                Files.createDirectories(
                        Path.of(
                                System.getProperty(
                                        "folder",
                                        System.getProperty("java.io.tmpdir")
                                                + "/darkroom-folder-scan")));
        try (Backends backends =
                Backends.startPostgres(folder.resolve("postgres"), BackendOptions.defaults())) {
            PostgresAddress server = backends.postgres();
            DatabaseAddress address = new DatabaseAddress(server.host(), server.port(), "darkroom");
            Login login = new Login(server.adminUser(), server.adminPassword());
            new Bootstrap(address, login)
                    .run(
                            Arrays.stream(Role.values())
                                    .collect(Collectors.toMap(role -> role, _ -> "bench")));
            new Migrations(address, new Login(Role.OWNER.roleName(), "bench")).migrate();
            try (HikariDataSource pool =
                            Pools.open(address, new Login(Role.SYNC.roleName(), "bench"), "bench");
                    HikariDataSource admin = Pools.open(address, login, "admin")) {
                FolderScanBench bench = new FolderScanBench(folder, pool, JdbcClient.create(admin));
                bench.run();
            }
        } finally {
            delete(folder);
        }
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "heap %d MiB, %d processors%n%n| files | find s | first scan s | x find | rescan s | x find |"
                        + " scan's CPU s | peak heap MiB |%n|--:|--:|--:|--:|--:|--:|--:|--:|%n",
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors());
        for (String count : System.getProperty("files", "10000,100000,1000000").split(",", -1)) {
            measure(Integer.parseInt(count));
        }
    }

    private void measure(int files) throws Exception {
        Path tree = makeTree(files);
        List<Double> finds = new ArrayList<>();
        List<Double> firsts = new ArrayList<>();
        List<Double> firstRatios = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> againRatios = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        find(tree);
        long peak = 0;
        for (int round = 0; round < rounds; round++) {
            Scanner scanner = scanner(tree);
            double one = find(tree);
            double first = timed(() -> scanner.scan(files, 0));
            resetPeaks();
            double other = find(tree);
            long cpuBefore = cpuNanos();
            double rescan = timed(() -> scanner.scan(files, 0));
            cpu.add((cpuNanos() - cpuBefore) / 1e9);
            finds.add((one + other) / 2);
            firsts.add(first);
            firstRatios.add(first / one);
            again.add(rescan);
            againRatios.add(rescan / other);
            peak = Math.max(peak, peakHeap());
            scanner.forget();
        }
        out.printf(
                Locale.ROOT,
                "| %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %d |%n",
                files,
                median(finds),
                median(firsts),
                median(firstRatios),
                median(again),
                median(againRatios),
                median(cpu),
                peak >> 20);
        delete(tree);
    }

    /// One repository and the instance that keeps it.
    private final class Scanner {
        private final Lease lease;
        private final FolderScan scan;

        Scanner(WatchedRepository repository, Lease lease) {
            TreeWalk walk = TreeWalk.of(repository.root(), IgnoreRules.builtIn());
            this.lease = lease;
            this.scan =
                    new FolderScan(
                            pool,
                            repository,
                            walk,
                            IgnoreRules.builtIn(),
                            new SameRoot(),
                            new Mounts(List.of()),
                            new ContentReader(repository.root(), walk, Duration.ZERO));
        }

        void scan(int files, int wrong) throws Exception {
            ScanResult result = scan.all(lease, OperationType.RECONCILIATION, _ -> {});
            if (!result.status().equals("completed")) {
                throw new IllegalStateException(files + " " + wrong + " " + result);
            }
        }

        void forget() {
            admin.sql(
                            "truncate file_records, sync_operations, sync_journal, repository_sync, repositories cascade")
                    .update();
            admin.sql("checkpoint").update();
        }
    }

    private static final class SameRoot implements Root {
        @Override
        public State look() {
            return new State.Same();
        }

        @Override
        public void accept() {
            // it is what it is
        }
    }

    private Scanner scanner(Path tree) {
        admin.sql("insert into repositories (name, path, watched) values ('bench', :path, true)")
                .param("path", tree.toString())
                .update();
        Leases leases = new Leases(JdbcClient.create(pool));
        WatchedRepository repository = leases.watched().getFirst().repository();
        UUID id = repository.id();
        Lease lease = leases.claim(id, "bench", Duration.ofHours(1)).orElseThrow();
        return new Scanner(repository, lease);
    }

    private Path makeTree(int files) throws IOException {
        Path tree = folder.resolve("tree-" + files);
        for (int i = 0; i < files; i++) {
            int number = i / FILES_PER_FOLDER;
            Path day =
                    tree.resolve(
                            String.format(
                                    Locale.ROOT,
                                    "%04d/%02d/%02d",
                                    1900 + number / 336,
                                    1 + number / 28 % 12,
                                    1 + number % 28));
            if (i % FILES_PER_FOLDER == 0) {
                Files.createDirectories(day);
            }
            Files.createFile(day.resolve("IMG_" + (100_000_000 + i) + ".JPG"));
        }
        return tree;
    }

    private static double find(Path tree) throws Exception {
        return timed(
                () ->
                        new ProcessBuilder("find", tree.toString(), "-printf", "%p %s %T@ %i\n")
                                .redirectOutput(Redirect.DISCARD)
                                .start()
                                .waitFor());
    }

    private interface Action {
        void run() throws Exception;
    }

    private static double timed(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void resetPeaks() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
