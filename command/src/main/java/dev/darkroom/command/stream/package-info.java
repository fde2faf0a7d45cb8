/// `darkroom stream`: asking sync-service about the change streams, and showing the answer.
@NullMarked
package dev.darkroom.command.stream;

import org.jspecify.annotations.NullMarked;
