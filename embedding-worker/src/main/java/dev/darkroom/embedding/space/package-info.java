/// The spaces that vectors live in: filled, searched, retired, and switched from one to the next.
@NullMarked
package dev.darkroom.embedding.space;

import org.jspecify.annotations.NullMarked;
