/// Making a picture what a model was trained on, byte for byte.
@NullMarked
package dev.darkroom.inference.picture;

import org.jspecify.annotations.NullMarked;
