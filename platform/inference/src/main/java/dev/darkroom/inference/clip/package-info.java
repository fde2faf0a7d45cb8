/// Pictures and words in one space.
@NullMarked
package dev.darkroom.inference.clip;

import org.jspecify.annotations.NullMarked;
