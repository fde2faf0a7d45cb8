/// What is in the picture: predictions from labels.
@NullMarked
package dev.darkroom.inference.species;

import org.jspecify.annotations.NullMarked;
