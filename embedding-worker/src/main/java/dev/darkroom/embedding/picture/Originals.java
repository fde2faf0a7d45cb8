package dev.darkroom.embedding.picture;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.RepositoryFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The repositories that originals are read from.
class Originals {
    static final Sql FIND =
            new Sql("select path from repositories where repository_id = :id::uuid");

    private final JdbcClient jdbc;
    private final RepositoryFolders folders;

    Originals(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.folders = new RepositoryFolders(this::path);
    }

    /// The original, for reading: ours, or a user's file where it lies.
    Path locate(StorageUri source) throws IOException {
        return folders.locate(source);
    }

    private Optional<String> path(UUID id) {
        return jdbc.sql(FIND.text())
                .param("id", id.toString())
                .query((row, _) -> row.getString(1))
                .optional();
    }
}
