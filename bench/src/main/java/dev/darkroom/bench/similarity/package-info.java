/// How well pictures are found by what they look like, and what it costs.
@NullMarked
package dev.darkroom.bench.similarity;

import org.jspecify.annotations.NullMarked;
