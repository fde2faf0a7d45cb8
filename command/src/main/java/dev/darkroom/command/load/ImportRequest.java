package dev.darkroom.command.load;

import dev.darkroom.command.ExitCode;
import dev.darkroom.command.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What to import, where to, and how to show it.
///
/// @param root a folder or a file, by real path
/// @param kafka `host:port` of the broker
/// @param uploads where bytes are sent; null when ingest-service reads every file by itself
/// @param mayRead whether it reads the file with this real path by itself
/// @param priority 1 (highest) to 10
/// @param patience how long nothing may be heard before the run ends without the rest
/// @param systemIsAlive asked when nothing is heard
public record ImportRequest(
        Path root,
        String kafka,
        @Nullable URI uploads,
        Predicate<Path> mayRead,
        int priority,
        Duration patience,
        BooleanSupplier systemIsAlive) {
    private static final Duration GOODBYE = Duration.ofSeconds(20);

    /// Imports, shows it, and sums up.
    ///
    /// @return the exit code
    public int run(PrintStream out, PrintStream err, boolean json, boolean progress)
            throws IOException {
        ImportDisplay display = new ImportDisplay(err, progress && Terminal.errIsScreen());
        JsonLines lines = json ? new JsonLines(display, out) : null;
        CountDownLatch finished = new CountDownLatch(1);
        try {
            ImportResult result = follow(lines == null ? display : lines, finished);
            if (lines == null) {
                new Summary(root, out).print(result);
            } else {
                lines.summary(result);
            }
            out.flush();
            return result.tally().failures() + result.waiting() == 0
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        } finally {
            finished.countDown();
        }
    }

    /// The display is closed when this returns: what follows is not written over its bar.
    private ImportResult follow(ImportListener display, CountDownLatch finished)
            throws IOException {
        try (Outcomes outcomes = Outcomes.open(kafka);
                Submitter submitter = submitter();
                ImportListener listener = display) {
            FolderImport folderImport =
                    new FolderImport(root, submitter, outcomes, listener, patience, systemIsAlive);
            stopOnSignal(folderImport, finished);
            folderImport.countAhead();
            return folderImport.run();
        }
    }

    private Submitter submitter() {
        if (uploads == null) {
            return new KafkaSubmitter(kafka, priority);
        }
        return new RoutingSubmitter(
                mayRead, new KafkaSubmitter(kafka, priority), new HttpSubmitter(uploads, priority));
    }

    /// On Ctrl-C the JVM waits for this thread, so that the run can sum up before it ends.
    private static void stopOnSignal(FolderImport folderImport, CountDownLatch finished) {
        Thread hook =
                new Thread(
                        () -> {
                            if (finished.getCount() == 0) {
                                return;
                            }
                            folderImport.stop();
                            try {
                                boolean _ = finished.await(GOODBYE.toSeconds(), TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "import-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
