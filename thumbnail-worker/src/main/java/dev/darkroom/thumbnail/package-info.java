/// Makes the small pictures of each photo.
@NullMarked
package dev.darkroom.thumbnail;

import org.jspecify.annotations.NullMarked;
