package dev.darkroom.inference.layout;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder with a model in it.
///
/// @param name what the model is called, unless its own settings say otherwise
public record ModelFolder(Path root, String name, Dtype dtype) {
    private static final int DEEPEST = 4;

    /// A file under one of these names, the first that is there.
    Optional<Path> file(String... names) {
        return Stream.of(names).map(root::resolve).filter(Files::isRegularFile).findFirst();
    }

    Optional<Settings> settings(String name) {
        return file(name).map(Settings::read);
    }

    /// The graph under one of these stems (`onnx/vision_model`), in the wanted numbers.
    Optional<Path> graph(String... stems) {
        List<Path> others = new ArrayList<>();
        for (String stem : stems) {
            for (String suffix : dtype.suffixes()) {
                Path file = root.resolve(stem + suffix + ".onnx");
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
            others.addAll(variants(stem));
        }
        if (!others.isEmpty()) {
            throw new ModelRefused(
                    "%s has no %s file; set dtype to what it has: %s"
                            .formatted(
                                    root,
                                    dtype == Dtype.AUTO ? "fp32 or fp16" : dtype,
                                    relative(others)));
        }
        return Optional.empty();
    }

    /// The only graph whose name looks like this (`*vision*`); several are never chosen from.
    Optional<Path> onlyGraph(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob + ".onnx");
        List<Path> matching =
                graphs().stream()
                        .filter(file -> root.equals(file.getParent()))
                        .filter(file -> matcher.matches(file.getFileName()))
                        .toList();
        return matching.size() == 1 ? Optional.of(matching.getFirst()) : Optional.empty();
    }

    /// A file of this name beside another, or in a folder above it, up to the root.
    Optional<Path> upwards(Path from, String name) {
        for (Path folder = from.getParent();
                folder != null && folder.startsWith(root);
                folder = folder.getParent()) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// Nothing fits: what was looked for, and what is there instead.
    ModelRefused unknown(String what, String lookedFor) {
        List<Path> graphs = graphs();
        return new ModelRefused(
                "%s holds no %s model that is understood: looked for %s, found %s"
                        .formatted(
                                root,
                                what,
                                lookedFor,
                                graphs.isEmpty() ? "no .onnx file at all" : relative(graphs)));
    }

    /// A path in this folder that a file in it names; it may not lead out.
    Path inside(String name, String from) {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new ModelRefused(from + " names a file outside of the model's folder: " + name);
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused(from + " names a file that is not there: " + name);
        }
        return file;
    }

    String relative(Path file) {
        return root.relativize(file).toString();
    }

    private List<String> relative(List<Path> files) {
        return files.stream().map(this::relative).sorted().limit(20).toList();
    }

    private List<Path> variants(String stem) {
        Path exact = root.resolve(stem);
        String start = exact.getFileName().toString();
        return graphs().stream()
                .filter(file -> Objects.equals(exact.getParent(), file.getParent()))
                .filter(
                        file ->
                                file.getFileName()
                                        .toString()
                                        .matches(
                                                Pattern.quote(start)
                                                        + "([_.-](fp16|int8|uint8|quantized|q4|q4f16|bnb4))?\\.onnx"))
                .toList();
    }

    private List<Path> graphs() {
        try (Stream<Path> files = Files.walk(root, DEEPEST)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        } catch (IOException e) {
            throw new ModelRefused(root + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
