package dev.darkroom.ingest.repository;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.ingest.trash.Purge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Registers folders as repositories, and changes how they are kept. Files are never touched.
class Registration {
    private final RepositoryRows rows;
    private final RepositoryFolders folders;
    private final Purge purge;

    Registration(RepositoryRows rows, RepositoryFolders folders, Purge purge) {
        this.rows = rows;
        this.folders = folders;
        this.purge = purge;
    }

    List<RegisteredRepository> list() {
        return rows.list();
    }

    RegisteredRepository get(UUID id) {
        return rows.find(id)
                .orElseThrow(
                        () ->
                                new RepositoryRefused(
                                        RepositoryRefused.Reason.UNKNOWN,
                                        "",
                                        "there is no repository "
                                                + id
                                                + "; GET /api/repositories lists them"));
    }

    /// One at a time: two requests must not register a folder and one inside of it.
    synchronized RegisteredRepository add(RepositoryForm form) throws IOException {
        Path folder = folders.check(form.required("path"));
        Path last = folder.getFileName();
        RepositorySettings settings =
                form.over(RepositorySettings.usual(last == null ? "/" : last.toString()));
        Optional<RegisteredRepository> other = rows.overlapping(folder.toString());
        if (other.isPresent()) {
            throw RepositoryRefused.conflict("path", overlap(folder, other.get()));
        }
        UUID id = EventCodec.newId();
        rows.add(id, folder.toString(), settings);
        return get(id);
    }

    RegisteredRepository change(UUID id, RepositoryForm form) {
        RegisteredRepository before = get(id);
        if (form.has("path") && !form.required("path").equals(before.path())) {
            throw RepositoryRefused.conflict(
                    "path", "a repository stays where it is; register the other folder");
        }
        RepositorySettings settings = form.over(before.settings());
        if (before.isDefault() && settings.watched()) {
            throw RepositoryRefused.conflict(
                    "watched", "the default repository is Darkroom's own, and never watched");
        }
        rows.change(id, settings);
        return get(id);
    }

    /// Nobody looks after the folder any more; its assets and records stay.
    RegisteredRepository stopWatching(UUID id) {
        RegisteredRepository before = get(id);
        requireNotDefault(before);
        RepositorySettings now = before.settings();
        rows.change(
                id,
                new RepositorySettings(
                        now.name(),
                        now.storageStrategy(),
                        now.importMode(),
                        now.ownerId(),
                        now.ignorePatterns(),
                        now.writable(),
                        now.rescanIntervalSeconds(),
                        now.deleteFusePercent(),
                        false));
        return get(id);
    }

    /// Removes a repository that is not watched any more, and its assets, from the library.
    void forget(UUID id) throws IOException {
        RegisteredRepository before = get(id);
        requireNotDefault(before);
        if (before.settings().watched()) {
            throw RepositoryRefused.conflict(
                    "watched",
                    "it is watched; stop that first (DELETE without forget), look at what you have,"
                            + " then forget it");
        }
        purge.repository(id);
        if (!rows.forget(id)) {
            throw RepositoryRefused.conflict("watched", "somebody watches it again meanwhile");
        }
    }

    private static void requireNotDefault(RegisteredRepository repository) {
        if (repository.isDefault()) {
            throw RepositoryRefused.conflict(
                    "", "the default repository is Darkroom's own, and stays");
        }
    }

    private static String overlap(Path folder, RegisteredRepository other) {
        String where =
                "the repository \"%s\" (%s)".formatted(other.settings().name(), other.path());
        if (other.path().equals(folder.toString())) {
            return "it is registered already, as "
                    + where
                    + "; change that one: "
                    + other.repositoryId();
        }
        return folder.startsWith(other.path())
                ? "it lies inside of " + where
                : "it has " + where + " inside";
    }
}
