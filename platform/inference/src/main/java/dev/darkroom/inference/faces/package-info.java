/// Faces, and the people they belong to.
@NullMarked
package dev.darkroom.inference.faces;

import org.jspecify.annotations.NullMarked;
