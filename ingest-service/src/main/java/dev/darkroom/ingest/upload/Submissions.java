package dev.darkroom.ingest.upload;

import dev.darkroom.schema.AssetSubmitted;

/// Where accepted files are announced.
public interface Submissions {
    /// Announces a file, and returns when Kafka has acknowledged it on all replicas.
    ///
    /// @throws dev.darkroom.delivery.DependencyDown when it did not within the time allowed. It may
    ///   have arrived all the same; announcing again is safe, since the asset's id is the same
    void submit(AssetSubmitted submission);
}
