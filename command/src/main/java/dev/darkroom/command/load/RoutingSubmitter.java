package dev.darkroom.command.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Names a file by its path where ingest-service may read it, and sends its bytes where not.
final class RoutingSubmitter implements Submitter {
    private final Predicate<Path> mayRead;
    private final KafkaSubmitter byPath;
    private final HttpSubmitter byBytes;

    /// @param mayRead whether ingest-service reads the file with this real path
    RoutingSubmitter(Predicate<Path> mayRead, KafkaSubmitter byPath, HttpSubmitter byBytes) {
        this.mayRead = mayRead;
        this.byPath = byPath;
        this.byBytes = byBytes;
    }

    @Override
    public CompletableFuture<UUID> submit(Found.Media file) {
        try {
            return mayRead.test(file.path().toRealPath())
                    ? byPath.submit(file)
                    : byBytes.submit(file);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new Rejected("went away during the import"));
        }
    }

    @Override
    public void close() {
        try (byPath;
                byBytes) {
            // Both, whatever the first one does.
            return;
        }
    }
}
