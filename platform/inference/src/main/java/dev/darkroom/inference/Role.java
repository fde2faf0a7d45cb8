package dev.darkroom.inference;

/// What a model is used for.
public enum Role {
    /// Pictures, and often words, into one space: CLIP and its relatives.
    CLIP("clip"),
    SPECIES("species"),
    FACES("faces"),
    DEPTH("depth");

    private final String key;

    Role(String key) {
        this.key = key;
    }

    /// As settings and folders name it.
    public String key() {
        return key;
    }
}
