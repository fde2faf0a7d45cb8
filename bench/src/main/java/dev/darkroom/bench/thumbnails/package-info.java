/// Thumbnails, measured beside sharp.
@NullMarked
package dev.darkroom.bench.thumbnails;

import org.jspecify.annotations.NullMarked;
