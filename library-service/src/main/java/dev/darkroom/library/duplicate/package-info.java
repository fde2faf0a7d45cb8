/// Pictures that look the same, for a person to review.
@NullMarked
package dev.darkroom.library.duplicate;

import org.jspecify.annotations.NullMarked;
