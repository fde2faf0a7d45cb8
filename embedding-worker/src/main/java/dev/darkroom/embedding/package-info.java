/// Turns pictures into what machines can compare. What it runs are the
/// [dev.darkroom.embedding.model.Model]s it finds: those that need no file, and those that the user
/// configured.
@NullMarked
package dev.darkroom.embedding;

import org.jspecify.annotations.NullMarked;
