package dev.darkroom.ingest.asset;

import dev.darkroom.media.MediaFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// A batch of new assets turned on its side: one array per column, as [AssetRows#ADD] takes them.
///
/// All arrays are text and the statement casts them: the driver has no arrays of uuid, numeric or
/// jsonb. Values that do not fit their column are cut or left out here, since a photo with a
/// strange tag is still a photo.
record Columns(List<NewAsset> assets) {
    private static final int NAME_LENGTH = 255;
    private static final int SHUTTER_LENGTH = 32;

    void bindTo(JdbcClient.StatementSpec statement, JsonMapper json) {
        bind(statement, "ids", NewAsset::id);
        bind(statement, "repositories", NewAsset::repositoryId);
        bind(statement, "owners", NewAsset::ownerId);
        bind(statement, "files", NewAsset::fileId);
        bind(statement, "names", NewAsset::fileName);
        bind(statement, "paths", NewAsset::uri);
        bind(statement, "uploaded", NewAsset::submittedAt);
        bind(statement, "types", asset -> asset.content().type().wireName());
        bind(statement, "mimes", asset -> asset.content().mimeType());
        bind(statement, "sizes", asset -> asset.content().size());
        bind(statement, "hashes", asset -> asset.content().sha256().contentHash());
        bindFacts(statement);
        bind(statement, "metadata", asset -> json.writeValueAsString(metadata(asset)));
    }

    private void bindFacts(JdbcClient.StatementSpec statement) {
        bindFact(statement, "widths", MediaFacts::width);
        bindFact(statement, "heights", MediaFacts::height);
        bindFact(statement, "orientations", MediaFacts::orientation);
        bindFact(statement, "durations", facts -> within(facts.durationSeconds(), 0, 1e8));
        bindFact(statement, "taken", MediaFacts::takenAt);
        bindFact(statement, "makes", facts -> cut(facts.cameraMake(), NAME_LENGTH));
        bindFact(statement, "models", facts -> cut(facts.cameraModel(), NAME_LENGTH));
        bindFact(statement, "lenses", facts -> cut(facts.lensModel(), NAME_LENGTH));
        bindFact(
                statement,
                "isos",
                facts -> facts.iso() == null || facts.iso() < 0 ? null : facts.iso());
        bindFact(statement, "apertures", facts -> within(facts.aperture(), 0, 999));
        bindFact(statement, "shutters", facts -> cut(facts.shutterSpeed(), SHUTTER_LENGTH));
        bindFact(statement, "focals", facts -> within(facts.focalLength(), 0, 9_999));
        bindFact(statement, "latitudes", MediaFacts::latitude);
        bindFact(statement, "longitudes", MediaFacts::longitude);
        bindFact(statement, "altitudes", facts -> within(facts.altitude(), -99_999, 99_999_999));
        bindFact(statement, "identifiers", facts -> facts.live().contentIdentifier());
        bindFact(statement, "motionOffsets", facts -> facts.live().videoOffset());
        bindFact(statement, "motionLengths", facts -> facts.live().videoLength());
        bind(statement, "raws", asset -> isRaw(asset.content().facts()));
    }

    private static boolean isRaw(@Nullable MediaFacts facts) {
        return facts != null && facts.isRaw();
    }

    private static Map<String, Object> metadata(NewAsset asset) {
        MediaFacts facts = asset.content().facts();
        if (facts == null) {
            return Map.of();
        }
        Map<String, Object> metadata = new LinkedHashMap<>(facts.metadata());
        if (!facts.warnings().isEmpty()) {
            metadata.put("Warnings", facts.warnings());
        }
        return metadata;
    }

    private void bindFact(
            JdbcClient.StatementSpec statement,
            String name,
            Function<MediaFacts, ? extends @Nullable Object> field) {
        bind(
                statement,
                name,
                asset -> {
                    MediaFacts facts = asset.content().facts();
                    return facts == null ? null : field.apply(facts);
                });
    }

    private void bind(
            JdbcClient.StatementSpec statement,
            String name,
            Function<NewAsset, ? extends @Nullable Object> field) {
        @Nullable String[] values = new @Nullable String[assets.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = field.apply(assets.get(i));
            values[i] = value == null ? null : value.toString();
        }
        statement.param(name, values);
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }

    private static @Nullable Double within(@Nullable Double value, double least, double most) {
        return value == null || value < least || value > most ? null : value;
    }
}
