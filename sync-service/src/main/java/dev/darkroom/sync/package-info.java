/// What keeps the library and the outside in step; so far the change streams.
@NullMarked
package dev.darkroom.sync;

import org.jspecify.annotations.NullMarked;
