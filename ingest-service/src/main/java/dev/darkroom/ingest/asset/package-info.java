/// New assets and new versions of them: the rows that are written together, and what is said about
/// it.
@NullMarked
package dev.darkroom.ingest.asset;

import org.jspecify.annotations.NullMarked;
