package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.picture.Preparation.Rounding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Our own `model.json`, for models that no known layout describes, and to overrule what one says.
///
/// @param settings the whole file
record OwnModel(ModelFolder folder, Settings settings) {
    static final String FILE = "model.json";

    /// Of this folder, if it has one, and if it is for this kind.
    static Optional<OwnModel> of(ModelFolder folder, String... kinds) {
        Optional<OwnModel> own =
                folder.settings(FILE).map(settings -> new OwnModel(folder, settings));
        own.ifPresent(model -> model.requireKind(kinds));
        return own;
    }

    private void requireKind(String... kinds) {
        String kind = settings.text("kind").orElseThrow(() -> settings.wrong("kind", "what it is"));
        if (!List.of(kinds).contains(kind)) {
            throw settings.wrong("kind", String.join(" or ", kinds));
        }
    }

    String kind() {
        return settings.text("kind").orElseThrow();
    }

    String name() {
        return settings.text("id").orElse(folder.name());
    }

    Settings section(String key) {
        return settings.object(key).orElseThrow(() -> settings.wrong(key, "an object"));
    }

    Path file(Settings section, String key) {
        String name = section.text(key).orElseThrow(() -> section.wrong(key, "a file's name"));
        return folder.inside(name, section.file().toString());
    }

    Plan.Vision vision() {
        Settings vision = section("vision");
        Path graph = file(vision, "file");
        Preparations.Found found =
                vision.has("size")
                        ? Preparations.openClip(vision, Rounding.DOWN)
                        : Preparations.of(folder, graph);
        return new Plan.Vision(
                graph,
                found.preparation(),
                textOrNull(vision, "input"),
                textOrNull(vision, "output"),
                textOrNull(vision, "layout"),
                found.from());
    }

    Optional<Plan.Text> text() {
        return settings.object("text")
                .map(
                        text -> {
                            Path graph = file(text, "file");
                            Path tokenizer =
                                    text.has("tokenizer")
                                            ? file(text, "tokenizer")
                                            : TextFiles.tokenizer(folder, graph);
                            return new Plan.Text(
                                    graph,
                                    tokenizer,
                                    TextFiles.rules(folder, tokenizer, text),
                                    textOrNull(text, "output"));
                        });
    }

    private static @Nullable String textOrNull(Settings settings, String key) {
        return settings.text(key).orElse(null);
    }

    /// For messages of those who need more than there is.
    ModelRefused missing(String key, String what) {
        return settings.wrong(key, what);
    }
}
