/// The bytes of thumbnails and originals.
@NullMarked
package dev.darkroom.library.file;

import org.jspecify.annotations.NullMarked;
