/// Reading change streams: what a record says, which ones are wanted, where to start, each change
/// once, how it is shown, what a row was at a time.
@NullMarked
package dev.darkroom.streams;

import org.jspecify.annotations.NullMarked;
