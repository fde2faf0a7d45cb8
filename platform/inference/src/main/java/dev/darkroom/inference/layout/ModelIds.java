package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a model is called in rows and in events: `name@digest`. The digest covers every byte that
/// decides its answers, so vectors under one id can be compared, whoever made them.
final class ModelIds {
    private static final int DIGITS = 12;

    private ModelIds() {}

    /// Reads all files once.
    static String of(Plan plan) {
        StringBuilder facts = new StringBuilder();
        for (Path file : plan.files()) {
            for (Path part : withWeights(file)) {
                facts.append(hash(part)).append('\n');
            }
        }
        plan.resolved().forEach((key, value) -> facts.append(key + "=" + value + "\n"));
        String name = plan.name().replaceAll("[^A-Za-z0-9._-]+", "_");
        return name + "@" + Sha256.of(facts.toString()).substring(0, DIGITS);
    }

    /// Weights may lie beside a graph: `model.onnx_data`, `model.onnx.data`.
    static List<Path> withWeights(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".onnx")) {
            return List.of(file);
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(beside -> beside.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelRefused(file.getParent() + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
