/// How well and how fast vectors are found.
@NullMarked
package dev.darkroom.bench.search;

import org.jspecify.annotations.NullMarked;
