/// Depth maps over HTTP: kept ones are read, and others are made by embedding-worker. Start with
/// [dev.darkroom.library.depth.DepthReading].
@NullMarked
package dev.darkroom.library.depth;

import org.jspecify.annotations.NullMarked;
