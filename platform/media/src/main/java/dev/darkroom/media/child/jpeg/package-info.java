/// A JPEG decoder and encoder in Java for what cameras write, as fast as pixels can be made small:
/// no more of a picture is decoded than the wanted size needs, and the large picture is never in
/// memory.
@NullMarked
package dev.darkroom.media.child.jpeg;

import org.jspecify.annotations.NullMarked;
