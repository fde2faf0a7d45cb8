/// Turns pictures into what machines can compare. The service, its listener and its ledger task
/// stand; what it runs is an [dev.darkroom.embedding.Embedder].
@NullMarked
package dev.darkroom.embedding;

import org.jspecify.annotations.NullMarked;
