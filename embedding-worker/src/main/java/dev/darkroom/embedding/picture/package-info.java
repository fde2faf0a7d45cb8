/// From an asset to its pixels.
@NullMarked
package dev.darkroom.embedding.picture;

import org.jspecify.annotations.NullMarked;
