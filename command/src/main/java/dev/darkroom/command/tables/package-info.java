/// Reaching the database that `darkroom db` works on, wherever it is.
@NullMarked
package dev.darkroom.command.tables;

import org.jspecify.annotations.NullMarked;
