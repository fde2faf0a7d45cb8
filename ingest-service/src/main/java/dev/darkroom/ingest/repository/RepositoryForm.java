package dev.darkroom.ingest.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request's JSON: some settings, and the path of a new repository. Each mistake is told with the
/// name of its field.
final class RepositoryForm {
    private static final Set<String> FIELDS =
            new TreeSet<>(
                    Set.of(
                            "name",
                            "path",
                            "storageStrategy",
                            "importMode",
                            "ownerId",
                            "ignorePatterns",
                            "writable",
                            "rescanIntervalSeconds",
                            "deleteFusePercent",
                            "watched"));

    private final JsonNode json;

    RepositoryForm(JsonNode json) {
        this.json = json;
        if (!json.isObject()) {
            throw RepositoryRefused.invalid("", "send a JSON object with some of " + FIELDS);
        }
        for (String field : json.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw RepositoryRefused.invalid(field, "no such setting; there are " + FIELDS);
            }
        }
    }

    boolean has(String field) {
        return json.has(field);
    }

    /// A text that has to be there.
    String required(String field) {
        if (!json.hasNonNull(field)) {
            throw RepositoryRefused.invalid(field, field + " is missing");
        }
        return text(field, "");
    }

    /// Settings with the form's in place of some.
    RepositorySettings over(RepositorySettings before) {
        return new RepositorySettings(
                text("name", before.name()),
                text("storageStrategy", before.storageStrategy()),
                text("importMode", before.importMode()),
                owner(before.ownerId()),
                patterns(before.ignorePatterns()),
                flag("writable", before.writable()),
                number("rescanIntervalSeconds", before.rescanIntervalSeconds()),
                number("deleteFusePercent", before.deleteFusePercent()),
                flag("watched", before.watched()));
    }

    private String text(String field, String otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw RepositoryRefused.invalid(field, field + " is a text, not: " + value);
        }
        return value.asString();
    }

    private int number(String field, int otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw RepositoryRefused.invalid(field, field + " is a whole number, not: " + value);
        }
        return value.asInt();
    }

    private boolean flag(String field, boolean otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw RepositoryRefused.invalid(field, field + " is true or false, not: " + value);
        }
        return value.asBoolean();
    }

    private @Nullable UUID owner(@Nullable UUID otherwise) {
        JsonNode value = json.path("ownerId");
        if (value.isMissingNode() || value.isNull()) {
            return value.isNull() ? null : otherwise;
        }
        try {
            return UUID.fromString(text("ownerId", ""));
        } catch (IllegalArgumentException e) {
            throw RepositoryRefused.invalid("ownerId", "ownerId is a UUID, not: " + value);
        }
    }

    private List<String> patterns(List<String> otherwise) {
        JsonNode value = json.path("ignorePatterns");
        if (value.isMissingNode()) {
            return otherwise;
        }
        List<String> patterns = new ArrayList<>();
        for (JsonNode pattern : value) {
            if (!pattern.isString()) {
                throw RepositoryRefused.invalid(
                        "ignorePatterns", "ignorePatterns are texts, not: " + pattern);
            }
            patterns.add(pattern.asString());
        }
        if (!value.isArray()) {
            throw RepositoryRefused.invalid(
                    "ignorePatterns", "ignorePatterns is a list, not: " + value);
        }
        return patterns;
    }
}
