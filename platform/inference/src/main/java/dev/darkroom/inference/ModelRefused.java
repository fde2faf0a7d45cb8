package dev.darkroom.inference;

/// The model cannot be used as it is, whoever tries again: a file is missing or damaged, a setting
/// contradicts the graph, its numbers are no numbers.
///
/// The message names the file and says what to do; it is for the operator who chose the model.
public final class ModelRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelRefused(String message) {
        super(message);
    }

    public ModelRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
