/// What is read from photos, beside what others read from them.
@NullMarked
package dev.darkroom.bench.media;

import org.jspecify.annotations.NullMarked;
