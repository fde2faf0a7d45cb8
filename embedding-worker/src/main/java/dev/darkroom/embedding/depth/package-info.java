/// The task `depth`: how near everything in a picture is, as files that may be evicted and are made
/// again when somebody asks. Start with [dev.darkroom.embedding.depth.DepthMaking].
@NullMarked
package dev.darkroom.embedding.depth;

import org.jspecify.annotations.NullMarked;
