/// How near everything is, and the files that say so.
@NullMarked
package dev.darkroom.inference.depth;

import org.jspecify.annotations.NullMarked;
