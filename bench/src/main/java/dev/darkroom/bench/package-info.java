/// Darkroom measured against floors and rivals, always as a ratio within one run.
@NullMarked
package dev.darkroom.bench;

import org.jspecify.annotations.NullMarked;
