/// What running models costs beside the models themselves.
@NullMarked
package dev.darkroom.bench.inference;

import org.jspecify.annotations.NullMarked;
