/// Looking at a running system: where it stands, what changes, what was given up on.
@NullMarked
package dev.darkroom.command.watch;

import org.jspecify.annotations.NullMarked;
