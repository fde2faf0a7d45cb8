package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads single facts out of a `tokenizer.json`, whose vocabulary may have tens of megabytes.
record TokenizerFile(Path file) {
    /// Reads sections out of a file that goes on behind them.
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /// An object at the top, empty if it is null or not there.
    Settings section(String wanted) {
        Settings[] found = {new Settings(file, wanted + ".", JSON.createObjectNode())};
        walk(
                Map.of(
                        wanted,
                        parser ->
                                found[0] =
                                        new Settings(file, wanted + ".", JSON.readTree(parser))));
        return found[0];
    }

    /// The number of a token, by its spelling in the vocabulary: cutting the token as a text may
    /// give another one, because CLIP spells the end of a word apart.
    OptionalInt idOf(String token) {
        int[] found = {-1};
        walk(
                Map.of(
                        "added_tokens",
                        parser -> {
                            for (JsonNode added : JSON.readTree(parser)) {
                                if (token.equals(added.path("content").asString())) {
                                    found[0] = added.path("id").asInt(-1);
                                }
                            }
                        },
                        "model",
                        parser -> {
                            int id = inModel(parser, token);
                            found[0] = found[0] == -1 ? id : found[0];
                        }));
        return found[0] == -1 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    private static int inModel(JsonParser parser, String token) {
        int found = -1;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isVocabulary = parser.currentName().equals("vocab");
            JsonToken start = parser.nextToken();
            if (isVocabulary && start == JsonToken.START_OBJECT) {
                found = inNames(parser, token);
            } else if (isVocabulary && start == JsonToken.START_ARRAY) {
                found = inPairs(parser, token);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    /// `{"token": id}`.
    private static int inNames(JsonParser parser, String token) {
        int found = -1;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals(token);
            parser.nextToken();
            if (isIt) {
                found = parser.getIntValue();
            }
        }
        return found;
    }

    /// `[["token", score]]`, whose place is the id.
    private static int inPairs(JsonParser parser, String token) {
        int found = -1;
        for (int id = 0; parser.nextToken() == JsonToken.START_ARRAY; id++) {
            parser.nextToken();
            if (found == -1 && token.equals(parser.getString())) {
                found = id;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
        return found;
    }

    /// Takes one section of the file; the parser stands at its start.
    private interface Reading {
        void read(JsonParser parser);
    }

    private void walk(Map<String, Reading> readings) {
        try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelRefused(file + " is no tokenizer: it must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Reading reading = readings.get(parser.currentName());
                JsonToken start = parser.nextToken();
                if (reading != null && start.isStructStart()) {
                    reading.read(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new ModelRefused(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
