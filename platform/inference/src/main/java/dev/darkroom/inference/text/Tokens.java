package dev.darkroom.inference.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// Cuts words into the ids a model was trained on: always as many as it wants, always with its end
/// mark, filled up with its own filling.
///
/// The tokenizer library only cuts; ending and filling are done here, because it fills with 0
/// whatever the model says, and other loaders lose the end mark of long texts.
public final class Tokens implements AutoCloseable {
    /// Nobody searches for more; the tokenizer's time grows with it.
    private static final int LONGEST = 4_096;

    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private final HuggingFaceTokenizer tokenizer;
    private final TextRules rules;
    private final int context;
    private final long padId;
    private final long endId;

    private Tokens(HuggingFaceTokenizer tokenizer, Path file, TextRules rules, int context) {
        this.tokenizer = tokenizer;
        this.rules = rules;
        this.context = context;
        this.padId = padId(file, rules);
        long[] marks = tokenizer.encode("").getIds();
        if (marks.length == 0) {
            throw new ModelRefused(
                    file + " ends a text with no mark: its post_processor must add one");
        }
        this.endId = marks[marks.length - 1];
        if (context <= marks.length) {
            throw new ModelRefused(
                    "%s adds %d marks, and the model takes only %d ids: they do not belong together"
                            .formatted(file, marks.length, context));
        }
    }

    /// Loads a `tokenizer.json`; nothing else is ever read, here or in the network.
    public static Tokens open(Path file, TextRules rules, int context) {
        HuggingFaceTokenizer tokenizer;
        try {
            tokenizer =
                    HuggingFaceTokenizer.builder()
                            .optTokenizerPath(file)
                            .optAddSpecialTokens(true)
                            .optTruncation(false)
                            .optPadding(false)
                            .build();
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new ModelRefused(
                    file + " is no tokenizer that can be loaded: " + e.getMessage(), e);
        }
        try {
            return new Tokens(tokenizer, file, rules, context);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /// The ids of a text, exactly as many as [#context()].
    public long[] of(String text) {
        long[] ids = tokenizer.encode(clean(text)).getIds();
        long[] fitted = Arrays.copyOf(ids, context);
        if (ids.length >= context) {
            fitted[context - 1] = ids.length == context ? ids[context - 1] : endId;
        } else {
            Arrays.fill(fitted, ids.length, context, padId);
        }
        return fitted;
    }

    /// How many of [#of(String)]'s ids are the text's, its marks included.
    public int length(String text) {
        return Math.min(context, tokenizer.encode(clean(text)).getIds().length);
    }

    public int context() {
        return context;
    }

    public long padId() {
        return padId;
    }

    public long endId() {
        return endId;
    }

    private String clean(String text) {
        String clean = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        if (rules.canonicalize()) {
            clean = PUNCTUATION.matcher(clean).replaceAll("");
        }
        if (rules.canonicalize() || rules.lowercase()) {
            clean = clean.toLowerCase(Locale.ROOT);
        }
        return SPACE.matcher(clean).replaceAll(" ").strip();
    }

    private static long padId(Path file, TextRules rules) {
        return rules.padId()
                .orElseThrow(
                        () ->
                                new ModelRefused(
                                        "nobody says what %s fills short texts up with: looked for padding.pad_id in it, pad_token in tokenizer_config.json and special_tokens_map.json, pad_token_id in config.json; or set text.pad_id in model.json"
                                                .formatted(file)));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
