package dev.darkroom.command;

import dev.darkroom.command.load.ImportRequest;
import dev.darkroom.schema.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `darkroom import`: sends a folder through the system and follows every file to its outcome.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Import the photos, videos and audio files of a folder, and of all below it.",
            "Files stay where they are; the library keeps its own copy of each. Run it again any"
                    + " time: what is there already is not added twice. Ctrl-C is safe: files"
                    + " already submitted finish by themselves.",
            ""
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "A folder, or a single file.")
    private Path folder = Path.of("");

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "5",
            description = "1 (first) to 10. Default: ${DEFAULT-VALUE}, behind single uploads.")
    private int priority;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "Import into the system with this Kafka, not the one of this data folder.")
    private @Nullable String kafka;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Send the bytes to ingest-service here. It is done anyway for files that it may"
                            + " not read by itself.")
    private @Nullable URI url;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "Stop waiting when nothing was heard for this long. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(names = "--no-progress", description = "No progress bar.")
    private boolean noProgress;

    @Option(names = "--json", description = "One JSON line per file, and one with all counts.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path root = root();
        checkPriority();
        Path dataFolder = data.folder();
        RunningSystem here = kafka == null ? RunningSystem.require(dataFolder) : null;
        BooleanSupplier alive = () -> here == null || RunningSystem.find(dataFolder).isPresent();
        // Another system may not read anything of this machine; it is told names only when nothing
        // else is possible.
        URI uploads = url != null || here == null ? url : here.uploads();
        Predicate<Path> mayRead = path -> url == null && here != null && here.mayRead(path);
        return new ImportRequest(
                        root,
                        here == null ? String.valueOf(kafka) : here.kafka(),
                        uploads,
                        mayRead,
                        priority,
                        Duration.ofSeconds(patience),
                        alive)
                .run(System.out, System.err, json, !noProgress);
    }

    private Path root() throws IOException {
        try {
            return folder.toRealPath();
        } catch (NoSuchFileException e) {
            throw wrong("there is no " + folder, e);
        }
    }

    private void checkPriority() {
        try {
            Lane _ = Lane.of(priority);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String message, Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
