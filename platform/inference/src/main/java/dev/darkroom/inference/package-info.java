/// Running the models that a user brings: pictures and words in, numbers out.
@NullMarked
package dev.darkroom.inference;

import org.jspecify.annotations.NullMarked;
