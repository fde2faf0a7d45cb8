/// The change streams over HTTP, as server-sent events.
@NullMarked
package dev.darkroom.sync.streams;

import org.jspecify.annotations.NullMarked;
