package dev.darkroom.embedding.model;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be known of pictures, given a model that knows it.
public enum Capability {
    /// Pictures that look alike.
    IMAGE_SIMILARITY(null, null),
    /// Pictures by words for colours.
    TEXT_COLOUR(null, null),
    /// Copies of one picture.
    NEAR_DUPLICATES(null, null),
    /// Pictures by what is in them, in words.
    TEXT_SEMANTIC(null, "clip"),
    SPECIES("species", "species"),
    FACES("faces", "faces"),
    DEPTH("depth", "depth");

    private final @Nullable String task;
    private final @Nullable String setting;

    Capability(@Nullable String task, @Nullable String setting) {
        this.task = task;
        this.setting = setting;
    }

    /// The name in the database and in answers.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The task in the ledger that it is done under, where that is not `embedding`.
    public Optional<String> task() {
        return Optional.ofNullable(task);
    }

    /// For a person who has no model for it.
    String howToConfigure() {
        return setting == null
                ? "no model configured: this embedding-worker runs none for " + wireName()
                : "no model configured: darkroom.embedding.models.%s.location=<folder or URL>"
                        .formatted(setting);
    }
}
