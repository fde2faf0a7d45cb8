/// What a picture looks like, in numbers: a descriptor, a hash, and the words for colours that
/// search by it. Plain arithmetic on pixels; nothing here knows what a picture shows.
@NullMarked
package dev.darkroom.vision;

import org.jspecify.annotations.NullMarked;
