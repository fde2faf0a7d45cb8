/// Takes files in: a submission becomes a stored original, an `assets` row and an `asset-created`
/// event.
@NullMarked
package dev.darkroom.ingest;

import org.jspecify.annotations.NullMarked;
