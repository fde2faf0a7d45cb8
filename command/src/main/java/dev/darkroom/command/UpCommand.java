package dev.darkroom.command;

import dev.darkroom.command.up.Greeting;
import dev.darkroom.command.up.Steps;
import dev.darkroom.command.up.UpLogging;
import dev.darkroom.command.up.UpOptions;
import dev.darkroom.command.up.UpPorts;
import dev.darkroom.command.up.WholeSystem;
import dev.darkroom.embedded.BackendsUnavailable;
import dev.darkroom.embedded.DataFolderInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `darkroom up`: starts the whole system and stays with it until Ctrl-C.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Start the whole system in this terminal: Kafka, PostgreSQL and every service.",
            "Everything lasts in one folder. Ctrl-C stops it.",
            ""
        })
final class UpCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--port",
            defaultValue = "7700",
            description = "The library's port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--upload-port",
            defaultValue = "7701",
            description = "The upload doors' port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int uploadPort;

    @Option(
            names = "--sync-port",
            defaultValue = "7702",
            description =
                    "The port of folder sync and change streams; 0 takes a free one."
                            + " Default: ${DEFAULT-VALUE}.")
    private int syncPort;

    @Option(
            names = "--embedding-port",
            defaultValue = "7703",
            description =
                    "The port of embedding spaces; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int embeddingPort;

    @Option(
            names = "--kafka-port",
            defaultValue = "0",
            description = "Kafka's port. Default: a free one, the same at each start.")
    private int kafkaPort;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "Use this PostgreSQL instead of starting one:"
                            + " jdbc:postgresql://HOST:PORT/postgres?user=...&password=...")
    private @Nullable String postgres;

    @Option(
            names = "--migrate",
            paramLabel = "fail|warn",
            defaultValue = "fail",
            description =
                    "When a migration fails: stop, or start anyway. Default: ${DEFAULT-VALUE}.")
    private UpOptions.OnFailedMigration migrate = UpOptions.OnFailedMigration.FAIL;

    @Option(
            names = "--allow",
            paramLabel = "FOLDER",
            description =
                    "Let submissions name files in this folder by path, and repositories lie in it."
                            + " Repeatable. Allowed anyway: your home, the checkout and the folder"
                            + " around it.")
    private List<Path> allow = new ArrayList<>();

    @Option(
            names = "--no-install",
            description =
                    "Do not install libvips and libturbojpeg with apt-get when they are missing.")
    @SuppressWarnings("UnusedVariable") // The script obeys it, before it starts Java.
    private boolean noInstall;

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        Path folder = data.folder();
        RunningSystem.find(folder).ifPresent(other -> refuse(other, folder));
        Files.createDirectories(folder);
        UpLogging.prepare(folder);
        Steps steps = new Steps(System.err);
        CountDownLatch stopped = new CountDownLatch(1);
        try (WholeSystem system = WholeSystem.start(options(folder), steps)) {
            stopOnSignal(system, steps, stopped);
            new Greeting(System.out)
                    .print(
                            system.running(),
                            folder,
                            system.engines(),
                            Duration.ofNanos(System.nanoTime() - begun));
            stopped.await();
            return ExitCode.DONE;
        } catch (DataFolderInUse e) {
            RunningSystem.find(folder).ifPresent(other -> refuse(other, folder));
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (BackendsUnavailable e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private UpOptions options(Path folder) throws IOException {
        return new UpOptions(
                folder,
                new UpPorts(port, uploadPort, syncPort, embeddingPort, kafkaPort),
                postgres,
                migrate,
                allowedRoots());
    }

    /// By real path, as ingest-service compares them.
    private List<Path> allowedRoots() throws IOException {
        Path home = DataOption.home();
        List<Path> wanted = new ArrayList<>(allow);
        wanted.add(Path.of(System.getProperty("user.home")));
        wanted.add(home);
        // The folder around the checkout, unless that is the whole machine.
        if (home.getParent() != null && home.getParent().getParent() != null) {
            wanted.add(home.getParent());
        }
        Set<Path> roots = new LinkedHashSet<>();
        for (Path root : wanted) {
            if (Files.isDirectory(root)) {
                roots.add(root.toRealPath());
            } else {
                throw new CommandFailed(ExitCode.USAGE, "not a folder: " + root);
            }
        }
        return List.copyOf(roots);
    }

    private static void refuse(RunningSystem other, Path folder) {
        throw new CommandFailed(
                ExitCode.FAILED,
                "already up on "
                        + folder
                        + ": process "
                        + other.pid()
                        + ", library at "
                        + other.library()
                        + "\nstop that one with: kill "
                        + other.pid()
                        + "\nor start a second one: ./darkroom up --data OTHER --port 7800"
                        + " --upload-port 7801 --sync-port 7802 --embedding-port 7803");
    }

    /// The JVM ends when this hook ends, so the hook does the work.
    private static void stopOnSignal(WholeSystem system, Steps steps, CountDownLatch stopped) {
        Thread hook =
                new Thread(
                        () -> {
                            steps.say("");
                            try {
                                steps.step(
                                        "stopped, nothing is lost",
                                        () -> {
                                            system.close();
                                            return true;
                                        });
                            } catch (Exception e) {
                                steps.say("did not stop cleanly: " + e);
                            } finally {
                                stopped.countDown();
                            }
                        },
                        "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
