/// What this worker can do, with which models, and what becomes of the tasks that it cannot do.
/// Start with [dev.darkroom.embedding.model.Model].
@NullMarked
package dev.darkroom.embedding.model;

import org.jspecify.annotations.NullMarked;
