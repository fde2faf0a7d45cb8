/// How a service describes its HTTP interface.
@NullMarked
package dev.darkroom.api;

import org.jspecify.annotations.NullMarked;
