package dev.darkroom.house;

import dev.darkroom.schema.Role;
import java.util.Arrays;
import java.util.Optional;

/// The services of the house: what they are called, where their classes are, whom they log in as.
enum ServiceModule {
    INGEST_SERVICE("ingest-service", "dev.darkroom.ingest", Role.INGEST),
    THUMBNAIL_WORKER("thumbnail-worker", "dev.darkroom.thumbnail", Role.THUMBNAIL),
    EMBEDDING_WORKER("embedding-worker", "dev.darkroom.embedding", Role.EMBEDDING),
    SYNC_SERVICE("sync-service", "dev.darkroom.sync", Role.SYNC),
    LIBRARY_SERVICE("library-service", "dev.darkroom.library", Role.LIBRARY);

    private final String folder;
    private final String packageName;
    private final Role role;

    ServiceModule(String folder, String packageName, Role role) {
        this.folder = folder;
        this.packageName = packageName;
        this.role = role;
    }

    /// The module, its folder and the name people know it by.
    String folder() {
        return folder;
    }

    String packageName() {
        return packageName;
    }

    Role role() {
        return role;
    }

    /// The packages of all services but this one, in ArchUnit's form.
    String[] packagesOfTheOthers() {
        return Arrays.stream(values())
                .filter(module -> module != this)
                .map(module -> module.packageName + "..")
                .toArray(String[]::new);
    }

    /// The service that a class belongs to, if it belongs to one.
    static Optional<ServiceModule> of(String className) {
        return Arrays.stream(values())
                .filter(module -> className.startsWith(module.packageName + "."))
                .findFirst();
    }
}
