/// Pages by key: a position in an order, and the opaque cursor that carries it.
@NullMarked
package dev.darkroom.library.page;

import org.jspecify.annotations.NullMarked;
