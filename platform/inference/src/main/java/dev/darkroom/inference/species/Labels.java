package dev.darkroom.inference.species;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the labels of a model: number n in the file is class n.
///
/// - `.txt`: one per line; after a tab the common name
/// - `.csv`: a header with `species` or `scientific_name` or `name` or `label`, and perhaps
///   `common_name`; else the first two columns
/// - `.json`: a list of names, of `{name, common_name}`, or of `[[kingdom … species], common
///   name]`; or `config.json` with `id2label` or timm's `label_names`
final class Labels {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 256L << 20;
    private static final List<String> NAMES =
            List.of("species", "scientific_name", "name", "label");

    private final Path file;

    private Labels(Path file) {
        this.file = file;
    }

    static List<Label> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ModelRefused(file + " is too large for a list of labels");
            }
            List<Label> labels = new Labels(file).labels();
            if (labels.isEmpty()) {
                throw new ModelRefused(file + " holds no label");
            }
            return labels;
        } catch (JacksonException e) {
            throw new ModelRefused(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Label> labels() throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".json")) {
            return json(JSON.readTree(Files.readAllBytes(file)));
        }
        List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
        return name.endsWith(".csv") ? csv(lines) : lines.stream().map(Labels::line).toList();
    }

    private static Label line(String line) {
        int tab = line.indexOf('\t');
        return tab < 0 ? label(line, null) : label(line.substring(0, tab), line.substring(tab + 1));
    }

    private List<Label> csv(List<String> lines) {
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        int species = first(header, NAMES);
        int common = first(header, List.of("common_name", "common"));
        boolean hasHeader = species >= 0;
        return lines.stream()
                .skip(hasHeader ? 1 : 0)
                .map(Labels::cells)
                .map(
                        cells ->
                                hasHeader
                                        ? label(cell(cells, species), cellOrNull(cells, common))
                                        : label(cell(cells, 0), cellOrNull(cells, 1)))
                .toList();
    }

    private static int first(List<String> header, List<String> names) {
        return names.stream()
                .mapToInt(header::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    private String cell(List<String> cells, int at) {
        if (at >= cells.size()) {
            throw new ModelRefused(file + " has a line without a name: " + cells);
        }
        return cells.get(at);
    }

    private static @Nullable String cellOrNull(List<String> cells, int at) {
        return at >= 0 && at < cells.size() ? cells.get(at) : null;
    }

    /// Commas in quotes do not part; two quotes are one.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private List<Label> json(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(this::element).toList();
        }
        JsonNode names = node.get("label_names");
        if (names != null && names.isArray()) {
            return json(names);
        }
        JsonNode byId = node.get("id2label");
        if (byId == null || !byId.isObject()) {
            throw new ModelRefused(
                    file + " must be a list of labels, or have label_names or id2label");
        }
        TreeMap<Integer, String> ordered = new TreeMap<>();
        byId.properties().forEach(e -> ordered.put(number(e.getKey()), e.getValue().asString()));
        if (ordered.firstKey() != 0 || ordered.lastKey() != ordered.size() - 1) {
            throw new ModelRefused(file + ": id2label must number its labels 0, 1, 2 and so on");
        }
        return ordered.values().stream().map(name -> label(name, null)).toList();
    }

    private int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ModelRefused(file + ": id2label must have numbers for keys: " + text, e);
        }
    }

    private Label element(JsonNode node) {
        if (node.isString()) {
            return label(node.stringValue(), null);
        }
        if (node.isObject()) {
            String name =
                    NAMES.stream()
                            .filter(node::hasNonNull)
                            .map(key -> node.get(key).asString())
                            .findFirst()
                            .orElseThrow(() -> wrong(node));
            return label(
                    name,
                    node.hasNonNull("common_name") ? node.get("common_name").asString() : null);
        }
        if (node.isArray() && node.size() == 2 && node.get(0).isArray()) {
            return label(species(node.get(0)), node.get(1).asString());
        }
        throw wrong(node);
    }

    /// The last two ranks are genus and epithet, unless the epithet says the genus already.
    private String species(JsonNode ranks) {
        String[] names = ranks.valueStream().map(JsonNode::asString).toArray(String[]::new);
        if (names.length == 0) {
            throw wrong(ranks);
        }
        String last = names[names.length - 1];
        if (names.length < 7 || last.contains(" ")) {
            return last.isBlank()
                    ? Arrays.stream(names).filter(n -> !n.isBlank()).reduce((a, b) -> b).orElse("")
                    : last;
        }
        return names[names.length - 2] + " " + last;
    }

    private ModelRefused wrong(JsonNode node) {
        return new ModelRefused(file + " has a label that is not understood: " + node);
    }

    private static Label label(String species, @Nullable String common) {
        return new Label(species, Optional.ofNullable(common));
    }
}
