package dev.darkroom.embedding.model;

/// How things stand with a model.
public sealed interface Standing {
    /// It answers.
    ///
    /// @param model what it turned out to be
    record Usable(Model model) implements Standing {}

    /// It cannot be had just now: its work waits, and is done once it can.
    record Away(String reason) implements Standing {}

    /// It does not work as it is, and somebody must change that. Until then its tasks are skipped;
    /// they are taken up again by themselves afterwards.
    record Refused(String reason) implements Standing {}
}
