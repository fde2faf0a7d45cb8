/// What leaves the library for good.
@NullMarked
package dev.darkroom.ingest.trash;

import org.jspecify.annotations.NullMarked;
