package dev.darkroom.ingest.upload;

import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Submissions whose blob may be published already while Kafka has not acknowledged them yet. What
/// is found here after a crash would otherwise be a blob that nobody knows of.
final class PendingUploads {
    private static final String FOLDER = "pending/";

    private final BlobStore records;
    private final JsonMapper json = JsonMapper.builder().build();

    PendingUploads(BlobStore records) {
        this.records = records;
    }

    void remember(AssetSubmitted submission) throws IOException {
        records.put(keyOf(submission.assetId()), json.writeValueAsBytes(submission));
    }

    void forget(UUID assetId) throws IOException {
        records.delete(keyOf(assetId));
    }

    List<UUID> ids() throws IOException {
        try (Stream<BlobKey> keys = records.list(FOLDER)) {
            return keys.map(key -> UUID.fromString(key.fileName())).toList();
        }
    }

    AssetSubmitted get(UUID assetId) throws IOException {
        try (InputStream bytes = records.read(keyOf(assetId))) {
            return json.readValue(bytes, AssetSubmitted.class);
        }
    }

    private static BlobKey keyOf(UUID assetId) {
        return new BlobKey(FOLDER + assetId);
    }
}
