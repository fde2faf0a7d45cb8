package dev.darkroom.sync.folders;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.Contents;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.FolderMemory;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.Leases;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.WatchedRepository;
import dev.darkroom.sync.folders.scan.ContentReader;
import dev.darkroom.sync.folders.scan.FolderScan;
import dev.darkroom.sync.folders.scan.HeldRemovals;
import dev.darkroom.sync.folders.scan.Mounts;
import dev.darkroom.sync.folders.scan.Plan;
import dev.darkroom.sync.folders.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One repository on a real file system and a real PostgreSQL, scanned step by step.
final class Stage implements AutoCloseable {
    final MigratedDatabase database;
    final HikariDataSource pool;
    final JdbcClient jdbc;
    final JdbcClient admin;
    final Path root;
    final UUID id = UUID.randomUUID();
    Lease lease;
    private Mounts mounts = new Mounts(List.of());

    Stage(MigratedDatabase database, Path root) {
        this.database = database;
        this.root = root;
        this.pool = database.pool(Role.SYNC);
        this.jdbc = JdbcClient.create(pool);
        this.admin = database.asAdmin();
        admin.sql(
                        "insert into repositories (repository_id, name, path, watched) values (:id, :name, :path, true)")
                .param("id", id)
                .param("name", "photos-" + id)
                .param("path", root.toString())
                .update();
        new Leases(jdbc).watched();
        lease = new Leases(jdbc).claim(id, "test", Duration.ofHours(1)).orElseThrow();
    }

    /// A column of `repositories`.
    Stage with(String assignment) {
        admin.sql("update repositories set " + assignment + " where repository_id = :id")
                .param("id", id)
                .update();
        return this;
    }

    Path write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    void move(String from, String to) throws IOException {
        Files.createDirectories(root.resolve(to).getParent());
        Files.move(root.resolve(from), root.resolve(to));
    }

    void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    ScanResult scan() throws InterruptedException {
        rememberRoot();
        return scanner().all(lease, OperationType.RECONCILIATION, _ -> {});
    }

    /// Scans, reads what is new, and returns the operation.
    Operations.Operation sync() throws InterruptedException {
        ScanResult result = scan();
        hash();
        return operation(result);
    }

    ScanResult batch(String... paths) throws InterruptedException {
        return scanner()
                .some(lease, Arrays.stream(paths).map(FilePath::new).collect(Collectors.toSet()));
    }

    Plan plan() throws InterruptedException {
        return scanner().plan();
    }

    String confirm(long operation) {
        IgnoreRules rules = IgnoreRules.of(repository().ignorePatterns());
        return new HeldRemovals(pool, lease)
                .confirm(
                        new Operations(jdbc).find(operation).orElseThrow(),
                        TreeWalk.of(root, rules),
                        rules);
    }

    long undo(long operation) {
        return new Undoing(pool, lease, Duration.ofDays(30)).undo(operation);
    }

    /// Reads everything that is pending and can be read now.
    void hash() throws InterruptedException {
        IgnoreRules rules = IgnoreRules.of(repository().ignorePatterns());
        Contents contents = new Contents(jdbc, id);
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            long[] deadline = {System.nanoTime() + Duration.ofSeconds(20).toNanos()};
            new HashPass(
                            pool,
                            lease,
                            new ContentReader(root, TreeWalk.of(root, rules), Duration.ZERO),
                            readers,
                            2,
                            () -> -1)
                    .run(
                            () ->
                                    contents.waiting().files() == contents.waiting().unreadable()
                                            || System.nanoTime() > deadline[0]);
        }
    }

    FolderScan scanner() {
        return scanner(pool);
    }

    /// @param connections where it writes
    FolderScan scanner(DataSource connections) {
        IgnoreRules rules = IgnoreRules.of(repository().ignorePatterns());
        TreeWalk tree = TreeWalk.of(root, rules);
        return new FolderScan(
                connections,
                repository(),
                tree,
                rules,
                folderRoot(),
                mounts,
                new ContentReader(root, tree, Duration.ZERO));
    }

    /// As the next instance does after the one that kept the repository is gone.
    void takeOver() {
        admin.sql("update repository_sync set lease_until = '-infinity' where repository_id = :id")
                .param("id", id)
                .update();
        lease = new Leases(jdbc).claim(id, "next", Duration.ofHours(1)).orElseThrow();
        new FencedWrites(pool).write(lease, (_, in) -> new Operations(in).interrupt(id));
    }

    FolderRoot folderRoot() {
        return new FolderRoot(repository(), lease, new FolderMemory(jdbc));
    }

    void rememberRoot() {
        if (Files.isDirectory(root)) {
            folderRoot().rememberIfNew();
        }
    }

    WatchedRepository repository() {
        return new Leases(jdbc)
                .watched().stream()
                        .map(Leases.Watched::repository)
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow();
    }

    Operations.Operation operation(ScanResult result) {
        return new Operations(jdbc)
                .find(Optional.ofNullable(result.operationId()).orElseThrow())
                .orElseThrow();
    }

    Operations.Operation operation(long operation) {
        return new Operations(jdbc).find(operation).orElseThrow();
    }

    /// All rows: the number of each file by its path.
    Map<String, Long> files() {
        Map<String, Long> files = new TreeMap<>();
        admin.sql("select file_path, file_id from file_records where repository_id = :id")
                .param("id", id)
                .query((row, _) -> files.put(row.getString(1), row.getLong(2)))
                .list();
        return files;
    }

    /// The files whose content was told about, and whose inode no other row has: neither a hard
    /// link, nor what lay in a folder that is closed.
    Set<String> toldAlone() {
        return Set.copyOf(
                admin.sql(
                                """
                                select min(file_path) from file_records where repository_id = :id
                                group by inode having count(*) = 1 and min(content_version) > 0
                                """)
                        .param("id", id)
                        .query(String.class)
                        .list());
    }

    String value(String column, String path) {
        return admin.sql(
                        "select "
                                + column
                                + "::text from file_records where repository_id = :id and file_path = :path")
                .param("id", id)
                .param("path", path)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    long version(String path) {
        return Long.parseLong(value("content_version", path));
    }

    @Override
    public void close() {
        pool.close();
    }
}
