package dev.darkroom.ingest.reprocess;

import java.util.Optional;

/// What was announced again.
///
/// @param model the model's id, where the task was narrowed to one
/// @param assets how many
record Announced(String task, Optional<String> model, long assets) {}
