/// What lies in a model's folder, found out without guessing.
@NullMarked
package dev.darkroom.inference.layout;

import org.jspecify.annotations.NullMarked;
