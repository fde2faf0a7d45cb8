package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.row.Column;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A row's key in its two forms.
///
/// @param json as it stands on the topic
/// @param digest what stands for it where digests are kept
record RowKey(String json, long digest) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TIMESTAMPTZ = 1184;

    static RowKey of(byte[] json, JsonDigest digests) {
        return new RowKey(new String(json, StandardCharsets.UTF_8), digests.ofKey(json));
    }

    /// The values of the key's columns as SQL takes them, in the order of the key.
    List<String> values(TableShape shape) {
        JsonNode key = JSON.readTree(json);
        return shape.keyColumns().stream().map(column -> key.required(column).asString()).toList();
    }

    /// A row of which only the key's columns are filled.
    RowText asRow(TableShape shape) {
        return row(shape, JSON.readTree(json));
    }

    /// A row as a record on its topic has it, in the form of the log.
    ///
    /// @param row the record's `after`
    static RowText row(TableShape shape, JsonNode row) {
        List<byte @Nullable []> values = new ArrayList<>();
        for (Column column : shape.columns()) {
            values.add(text(column, row.get(column.name())));
        }
        return RowText.of(values);
    }

    private static byte @Nullable [] text(Column column, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.isContainer() ? value.toString() : value.asString();
        if (column.typeOid() == TIMESTAMPTZ) {
            text = text.replace('T', ' ').replace("Z", "+00");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
