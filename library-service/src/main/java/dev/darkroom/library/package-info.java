/// The catalogue over HTTP: browse, look closer, fetch files, see what became of each task.
@NullMarked
package dev.darkroom.library;

import org.jspecify.annotations.NullMarked;
