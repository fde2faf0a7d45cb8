package dev.darkroom.sync.folders;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.database.Pools;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// An instance that keeps folders in a JVM of its own, to be stopped and killed.
final class SyncProcess implements AutoCloseable {
    /// What a child says before what it cannot watch.
    static final String PROBLEM = "watch problem: ";

    private final Process process;

    private SyncProcess(Process process) {
        this.process = process;
    }

    /// @param before a command that runs the rest of its arguments, like `unshare`
    static SyncProcess start(MigratedDatabase database, Path log, List<String> before)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SyncProcess.class.getName(),
                        database.address().host(),
                        Integer.toString(database.address().port()),
                        database.address().name()));
        return new SyncProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()))
                        .start());
    }

    /// What the child runs.
    public static void main(String[] args) throws InterruptedException {
        HikariDataSource pool =
                Pools.open(
                        new DatabaseAddress(args[0], Integer.parseInt(args[1]), args[2]),
                        new Login(Role.SYNC.roleName(), MigratedDatabase.PASSWORD),
                        "child");
        String name = "process-" + ProcessHandle.current().pid();
        FolderSync folders = new FolderSync(pool, Neighbourhood.quick(), name);
        folders.start();
        String said = "";
        while (true) {
            String problems = problems(folders);
            if (!problems.equals(said)) {
                System.out.println(PROBLEM + problems);
                said = problems;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private static String problems(FolderSync folders) {
        StringBuilder problems = new StringBuilder();
        for (UUID repository : folders.kept()) {
            String problem = folders.watchProblem(repository);
            problems.append(problem == null ? "" : problem);
        }
        return problems.toString();
    }

    long pid() {
        return process.pid();
    }

    /// `STOP` or `CONT`.
    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " answered " + status);
        }
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
