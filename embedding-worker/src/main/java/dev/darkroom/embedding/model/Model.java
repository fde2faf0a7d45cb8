package dev.darkroom.embedding.model;

import java.util.Set;

/// Something that knows more of a picture than its pixels. Every bean of this type is reported as a
/// capability; a task that no model does is skipped, with the line that configures one.
///
/// An `Embedder` fills a space under the task `embedding`. A model for another task of
/// [Capability#task()] is a [UserModel] with a subscription, work and rows of its own; `species` is
/// the example.
public interface Model {
    /// name@digest: of other bytes, another id.
    String modelId();

    /// What it can do.
    Set<Capability> capabilities();

    /// The same for a person: one line.
    String description();

    /// Whether it can be asked now.
    default Standing standing() {
        return new Standing.Usable(this);
    }
}
