/// Showing what a search found.
@NullMarked
package dev.darkroom.command.search;

import org.jspecify.annotations.NullMarked;
