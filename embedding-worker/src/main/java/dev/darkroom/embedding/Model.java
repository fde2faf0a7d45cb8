package dev.darkroom.embedding;

import java.util.Set;

/// Something that knows more of a picture than its pixels. Every bean of this type is reported as a
/// capability; a task that no model does is skipped, with the line that configures one.
///
/// An [Embedder] fills a space under the task `embedding`. A model for another task of
/// [Capability#task()] brings its own subscription, work and rows.
public interface Model {
    /// name@digest: of other bytes, another id.
    String modelId();

    /// What it can do.
    Set<Capability> capabilities();

    /// The same for a person: one line.
    String description();
}
