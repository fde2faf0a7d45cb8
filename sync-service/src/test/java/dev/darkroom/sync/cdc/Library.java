package dev.darkroom.sync.cdc;

import java.util.UUID;

/// The statements that fill the tables in tests.
final class Library {
    static final UUID REPOSITORY = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private Library() {}

    static String repository() {
        return "insert into repositories (repository_id, name, path) values ('%s', 'main', '/photos')"
                .formatted(REPOSITORY);
    }

    static String asset(UUID id) {
        return ("insert into assets (asset_id, repository_id, asset_type, original_filename,"
                        + " storage_path, mime_type, file_size, content_hash) values ('%1$s', '%2$s',"
                        + " 'photo', 'a \"b\".jpg', 'repo://x/%1$s', 'image/jpeg', 10, 'sha256:%3$s')")
                .formatted(id, REPOSITORY, hash(id));
    }

    /// As many assets in one statement.
    static String assets(int count) {
        return ("insert into assets (repository_id, asset_type, original_filename, storage_path,"
                        + " mime_type, file_size, content_hash, specific_metadata) select '%s', 'photo',"
                        + " 'f' || i || '.jpg', 'repo://x/' || i, 'image/jpeg', i, 'sha256:' ||"
                        + " encode(sha256((random()::text || i)::bytea), 'hex'),"
                        + " jsonb_build_object('i', i, 'note', repeat(md5(i::text), 8))"
                        + " from generate_series(1, %d) i")
                .formatted(REPOSITORY, count);
    }

    static final String COPY_REPOSITORIES =
            "copy repositories (repository_id, name, path) from stdin";

    static String repositoryLines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            lines.append(id).append("\tcopied\t/photos/").append(id).append('\n');
        }
        return lines.toString();
    }

    /// To be run as a batch: the driver makes multi-row statements of it where it is told to.
    static final String FILE =
            "insert into asset_files (asset_id, role, asset_version, storage_path, content_hash,"
                    + " file_size, mime_type) values (?, 'original', ?, 'repo://x/y', 'sha256:"
                    + "0".repeat(64)
                    + "', 1, 'image/png')";

    static final String COPY_OUTBOX =
            "copy outbox (id, aggregate_type, aggregate_id, topic, event_type, payload) from stdin";

    static String outboxLines(int count, String topic) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(UUID.randomUUID()).append("\tasset\t").append(UUID.randomUUID());
            lines.append('\t').append(topic).append("\tasset.created.v1\t{}\n");
        }
        return lines.toString();
    }

    static String hash(UUID id) {
        return id.toString().replace("-", "").repeat(2);
    }

    static String outbox(UUID id, String topic, UUID asset) {
        return ("insert into outbox (id, aggregate_type, aggregate_id, topic, event_type, payload)"
                        + " values ('%s', 'asset', '%s', '%s', 'asset.created.v1',"
                        + " '{\"n\": 1.50, \"name\": \"ü\"}')")
                .formatted(id, asset, topic);
    }
}
