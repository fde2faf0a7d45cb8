package dev.darkroom.command;

import dev.darkroom.streams.StartAt;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What is looked for, as it is typed.
final class SearchOptions {
    private static final String TIME =
            "2026-11-01T12:00:00Z, 2026-11-01 (its first moment, UTC), or how long ago: @-7d.";

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description =
                    "Names, descriptions, cameras, tags, species, people, colours; meaning too, with a"
                            + " model that knows words.")
    private List<String> words = List.of();

    @Option(
            names = "--similar-to",
            paramLabel = "ID",
            description = "What looks like this asset, instead of words.")
    private @Nullable UUID similarTo;

    @Option(
            names = "--min-similarity",
            paramLabel = "S",
            description = "With --similar-to: at least so much alike; 1 is the same.")
    private @Nullable Double minSimilarity;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Which space says what is alike, such as visual or clip.")
    private @Nullable String role;

    @Option(names = "--type", paramLabel = "TYPE", description = "photo, video or audio.")
    private @Nullable String type;

    @Option(names = "--from", paramLabel = "TIME", description = "Taken then or later: " + TIME)
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Taken before then.")
    private @Nullable String to;

    @Option(names = "--camera", paramLabel = "TEXT", description = "Part of make and model.")
    private @Nullable String camera;

    @Option(
            names = "--near",
            paramLabel = "LAT,LON,KM",
            description = "Taken within so many kilometres of a place.")
    private @Nullable String near;

    @Option(names = "--album", paramLabel = "ID", description = "In this album.")
    private @Nullable UUID album;

    @Option(
            names = "--person",
            paramLabel = "ID",
            description = "With a face of this person, as in darkroom people list.")
    private @Nullable UUID person;

    @Option(names = "--tag", paramLabel = "NAME", description = "With this tag.")
    private @Nullable String tag;

    @Option(
            names = "--exact",
            description = "Compare with every vector, whatever it costs, instead of the index.")
    private boolean exact;

    @Option(names = "--explain", description = "Also how the answers were found.")
    private boolean explain;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// The path and query that ask the library for it.
    String path(Instant now) {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("q", words.isEmpty() ? null : String.join(" ", words));
        query.put("similarTo", similarTo);
        query.put("minSimilarity", minSimilarity);
        query.put("role", role);
        query.put("type", type);
        query.put("from", time("--from", from, now));
        query.put("to", time("--to", to, now));
        query.put("camera", camera);
        query.put("near", near);
        query.put("album", album);
        query.put("tag", tag);
        query.put("person", person);
        query.put("exact", exact ? true : null);
        query.put("explain", explain ? true : null);
        query.put("limit", limit);
        return "/api/search?"
                + query.entrySet().stream()
                        .filter(one -> one.getValue() != null)
                        .map(one -> one.getKey() + "=" + encoded(String.valueOf(one.getValue())))
                        .collect(Collectors.joining("&"));
    }

    private @Nullable Instant time(String option, @Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            return StartAt.time(text.startsWith("@") ? text.substring(1) : text, now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
