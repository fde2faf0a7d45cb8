/// Faces, and what tells them apart.
@NullMarked
package dev.darkroom.inference.faces;

import org.jspecify.annotations.NullMarked;
