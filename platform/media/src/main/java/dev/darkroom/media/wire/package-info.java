/// The words that a [dev.darkroom.media.MediaPool] and its children exchange over pipes; not an API
/// for anyone else.
@NullMarked
package dev.darkroom.media.wire;

import org.jspecify.annotations.NullMarked;
