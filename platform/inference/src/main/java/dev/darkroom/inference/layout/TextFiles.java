package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.text.TextRules;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How words are prepared, collected from the files around a tokenizer.
final class TextFiles {
    private static final int NO_LIMIT = 100_000;

    private final ModelFolder folder;
    private final Path tokenizer;
    private final Set<String> from = new LinkedHashSet<>();

    private OptionalInt context = OptionalInt.empty();
    private OptionalLong padId = OptionalLong.empty();
    private Optional<String> padToken = Optional.empty();
    private boolean lowercase;
    private boolean canonicalize;
    private boolean isClip;

    private TextFiles(ModelFolder folder, Path tokenizer) {
        this.folder = folder;
        this.tokenizer = tokenizer;
    }

    /// The tokenizer of a graph: beside it, or above.
    static Path tokenizer(ModelFolder folder, Path graph) {
        return folder.upwards(graph, "tokenizer.json")
                .or(() -> folder.file("textual/tokenizer.json", "text/tokenizer.json"))
                .orElseThrow(
                        () ->
                                new ModelRefused(
                                        "%s needs the tokenizer it was trained with: looked for tokenizer.json in its folder and above. Put it there, or remove the text graph to do without text"
                                                .formatted(graph)));
    }

    /// @param own the `text` object of model.json, which wins
    static TextRules rules(ModelFolder folder, Path tokenizer, @Nullable Settings own) {
        TextFiles files = new TextFiles(folder, tokenizer);
        if (own != null) {
            files.own(own);
        }
        files.modelConfig();
        files.tokenizerConfig();
        files.tokenizerFile();
        return files.result();
    }

    private void own(Settings own) {
        from.add("model.json");
        context = own.integer("context");
        padId = asLong(own.integer("pad_id"));
        lowercase = own.flag("lowercase", false);
        canonicalize = own.flag("canonicalize", false);
    }

    /// config.json: Open CLIP's `text_cfg`, or Hugging Face's `text_config`.
    private void modelConfig() {
        Optional<Settings> config =
                folder.upwards(tokenizer, "config.json")
                        .or(() -> folder.upwards(tokenizer, "open_clip_config.json"))
                        .map(Settings::read);
        if (config.isEmpty()) {
            return;
        }
        Settings top = config.get().object("model_cfg").orElse(config.get());
        top.object("text_cfg").ifPresent(this::openClip);
        isClip |= top.text("model_type").orElse("").startsWith("clip");
        top.object("text_config").ifPresent(text -> context(text, "max_position_embeddings"));
        padId(top, "pad_token_id");
    }

    private void openClip(Settings text) {
        context(text, "context_length");
        isClip |= !text.has("hf_tokenizer_name");
        text.object("tokenizer_kwargs")
                .flatMap(words -> words.text("clean"))
                .filter("canonicalize"::equals)
                .ifPresent(
                        yes -> {
                            canonicalize = true;
                            from.add(folder.relative(text.file()));
                        });
    }

    private void tokenizerConfig() {
        folder.upwards(tokenizer, "tokenizer_config.json")
                .map(Settings::read)
                .ifPresent(
                        config -> {
                            String kind = config.text("tokenizer_class").orElse("");
                            isClip |= kind.startsWith("CLIP");
                            canonicalize |= kind.startsWith("Siglip");
                            lowercase |= config.flag("do_lower_case", false);
                            padToken(config);
                            context(config, "model_max_length");
                        });
        folder.upwards(tokenizer, "special_tokens_map.json")
                .map(Settings::read)
                .ifPresent(this::padToken);
    }

    private void tokenizerFile() {
        TokenizerFile file = new TokenizerFile(tokenizer);
        padId(file.section("padding"), "pad_id");
        context(file.section("truncation"), "max_length");
        padToken.ifPresent(
                token ->
                        padId =
                                OptionalLong.of(
                                        file.idOf(token)
                                                .orElseThrow(
                                                        () ->
                                                                new ModelRefused(
                                                                        "%s does not know the token %s that %s fills short texts up with"
                                                                                .formatted(
                                                                                        tokenizer,
                                                                                        token,
                                                                                        from)))));
    }

    private TextRules result() {
        if (padId.isEmpty() && isClip) {
            // CLIP looks at the end mark and nothing behind it: the filling has no meaning.
            padId = OptionalLong.of(0);
            from.add("CLIP's custom for the filling");
        }
        return new TextRules(context, padId, lowercase, canonicalize, String.join(", ", from));
    }

    /// The first file that says something wins. Some write 10^30 for "no limit".
    private void context(Settings settings, String key) {
        if (context.isPresent() || settings.number(key).orElse(NO_LIMIT) >= NO_LIMIT) {
            return;
        }
        context = settings.integer(key);
        from.add(folder.relative(settings.file()));
    }

    private void padId(Settings settings, String key) {
        if (padId.isEmpty() && padToken.isEmpty() && settings.has(key)) {
            padId = asLong(settings.integer(key));
            from.add(folder.relative(settings.file()));
        }
    }

    private void padToken(Settings settings) {
        if (padId.isEmpty() && padToken.isEmpty() && settings.has("pad_token")) {
            padToken = settings.text("pad_token");
            from.add(folder.relative(settings.file()));
        }
    }

    private static OptionalLong asLong(OptionalInt value) {
        return value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty();
    }
}
