package dev.darkroom.embedding;

import dev.darkroom.delivery.Work;
import dev.darkroom.schema.AssetCreated;

/// The work of this service: what one asset results in, and how a batch of results is written.
///
/// @param <R> the result for one asset
public interface Embedder<R> extends Work<AssetCreated, R> {}
