package dev.darkroom.inference.fetch;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Collects the files of a model from below an address, by the names it may have.
final class KnownFilesAt {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWN = "model.json";

    private final Download download;
    private final URI base;
    private final Path folder;
    private final long maxBytes;

    KnownFilesAt(Download download, URI base, Path folder, long maxBytes) {
        this.download = download;
        this.base = base;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    void fetch(Role role, Dtype dtype) throws IOException {
        if (get(OWN)) {
            own();
            return;
        }
        List<String> tried = new ArrayList<>();
        for (KnownFiles layout : KnownFiles.of(role)) {
            Optional<String> first = graph(layout.graphs().getFirst(), dtype);
            tried.add(layout.graphs().getFirst() + ".onnx");
            if (first.isPresent()) {
                for (String other : layout.graphs().subList(1, layout.graphs().size())) {
                    graph(other, dtype);
                }
                optional(layout.beside());
                optional(KnownFiles.atTheTop(role));
                return;
            }
        }
        throw new ModelRefused(
                "%s holds no %s model that is understood: asked for %s, in %s. Name the folder that holds the graphs, or pack the model into a .zip"
                        .formatted(base, role.key(), tried, dtype));
    }

    /// What model.json names, and the settings that may belong to it.
    private void own() throws IOException {
        JsonNode own;
        try {
            own = JSON.readTree(Files.readAllBytes(folder.resolve(OWN)));
        } catch (JacksonException e) {
            throw new ModelRefused(base.resolve(OWN) + " is not JSON", e);
        }
        for (String pointer : KnownFiles.NAMED) {
            JsonNode name = own.at(pointer);
            if (name.isString()) {
                requireInside(name.stringValue());
                if (!get(name.stringValue())) {
                    throw new ModelRefused(
                            base.resolve(OWN)
                                    + " names a file that is not there: "
                                    + name.stringValue());
                }
                if (name.stringValue().endsWith(".onnx")) {
                    weights(name.stringValue());
                }
            }
        }
        optional(List.of("config.json", "preprocessor_config.json", "preprocess_cfg.json"));
        optional(List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"));
    }

    private Optional<String> graph(String stem, Dtype dtype) throws IOException {
        for (String suffix : dtype.suffixes()) {
            String name = stem + suffix + ".onnx";
            if (get(name)) {
                weights(name);
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private void weights(String graph) throws IOException {
        for (String end : KnownFiles.WEIGHTS) {
            get(graph + end);
        }
    }

    private void optional(List<String> names) throws IOException {
        for (String name : names) {
            get(name);
        }
    }

    private boolean get(String name) throws IOException {
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            return true;
        }
        Files.createDirectories(target.getParent());
        return download.fetch(base.resolve(name), target, maxBytes - taken());
    }

    private long taken() throws IOException {
        try (var files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += file.toString().endsWith(".part") ? 0 : Files.size(file);
            }
            return sum;
        }
    }

    private void requireInside(String name) {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder) || name.contains("..") || name.contains("\\")) {
            throw new ModelRefused(
                    base.resolve(OWN) + " names a file outside of the model's folder: " + name);
        }
    }
}
