package dev.darkroom.command.up;

import dev.darkroom.embedding.EmbeddingWorkerApplication;
import dev.darkroom.ingest.IngestServiceApplication;
import dev.darkroom.library.LibraryServiceApplication;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.SyncServiceApplication;
import dev.darkroom.thumbnail.ThumbnailWorkerApplication;
import java.util.Locale;

/// The services that `up` starts, each the same application that runs alone in production.
enum Service {
    INGEST_SERVICE(IngestServiceApplication.class, Role.INGEST),
    SYNC_SERVICE(SyncServiceApplication.class, Role.SYNC),
    THUMBNAIL_WORKER(ThumbnailWorkerApplication.class, Role.THUMBNAIL),
    EMBEDDING_WORKER(EmbeddingWorkerApplication.class, Role.EMBEDDING),
    LIBRARY_SERVICE(LibraryServiceApplication.class, Role.LIBRARY);

    private final Class<?> application;
    private final Role role;

    Service(Class<?> application, Role role) {
        this.application = application;
        this.role = role;
    }

    Class<?> application() {
        return application;
    }

    /// Whose password it gets.
    Role role() {
        return role;
    }

    /// The module, and the name of the configuration file.
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
