/// From words to token ids.
@NullMarked
package dev.darkroom.inference.text;

import org.jspecify.annotations.NullMarked;
