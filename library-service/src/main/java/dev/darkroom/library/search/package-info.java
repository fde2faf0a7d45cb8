/// Looks for assets: by words, by likeness, by what is known of them, or by all of it together.
@NullMarked
package dev.darkroom.library.search;

import org.jspecify.annotations.NullMarked;
