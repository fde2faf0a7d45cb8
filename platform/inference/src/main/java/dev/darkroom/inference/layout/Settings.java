package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of the JSON files in a model's folder, or an object in it; what is wrong in it is said with
/// its name.
record Settings(Path file, String at, JsonNode node) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 16L << 20;

    static Settings read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ModelRefused(file + " is too large for settings");
            }
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (!node.isObject()) {
                throw new ModelRefused(file + " must be one JSON object");
            }
            return new Settings(file, "", node);
        } catch (JacksonException e) {
            throw new ModelRefused(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    Optional<Settings> object(String key) {
        JsonNode value = node.get(key);
        return value != null && value.isObject()
                ? Optional.of(new Settings(file, at + key + ".", value))
                : Optional.empty();
    }

    Optional<JsonNode> value(String key) {
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    Optional<String> text(String key) {
        return value(key)
                .map(
                        value -> {
                            // Special tokens are written as objects at times: {"content": "<pad>"}.
                            JsonNode inner = value.isObject() ? value.get("content") : value;
                            if (inner == null || !inner.isString()) {
                                throw wrong(key, "text");
                            }
                            return inner.stringValue();
                        });
    }

    OptionalInt integer(String key) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!value.get().isNumber() || !value.get().canConvertToInt()) {
            throw wrong(key, "a whole number");
        }
        return OptionalInt.of(value.get().intValue());
    }

    OptionalDouble number(String key) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!value.get().isNumber()) {
            throw wrong(key, "a number");
        }
        return OptionalDouble.of(value.get().doubleValue());
    }

    boolean flag(String key, boolean otherwise) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.get().isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.get().booleanValue();
    }

    Channels channels(String key) {
        JsonNode value = value(key).orElseThrow(() -> wrong(key, "three numbers"));
        if (!value.isArray()
                || value.size() != 3
                || !value.get(0).isNumber()
                || !value.get(1).isNumber()
                || !value.get(2).isNumber()) {
            throw wrong(key, "three numbers");
        }
        return new Channels(
                value.get(0).floatValue(), value.get(1).floatValue(), value.get(2).floatValue());
    }

    ModelRefused wrong(String key, String expected) {
        return new ModelRefused(
                "%s: %s%s must be %s, and is %s"
                        .formatted(
                                file,
                                at,
                                key,
                                expected,
                                value(key).map(JsonNode::toString).orElse("not there")));
    }
}
