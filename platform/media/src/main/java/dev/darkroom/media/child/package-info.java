/// What runs inside a media child. Nothing here is for anyone else: the parent only starts
/// [dev.darkroom.media.child.Main].
@NullMarked
package dev.darkroom.media.child;

import org.jspecify.annotations.NullMarked;
