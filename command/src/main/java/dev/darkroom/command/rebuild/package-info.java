/// Making the tables again from their change streams, and looking back in them.
@NullMarked
package dev.darkroom.command.rebuild;

import org.jspecify.annotations.NullMarked;
