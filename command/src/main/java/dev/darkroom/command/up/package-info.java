/// Starting and stopping the whole system in this JVM.
@NullMarked
package dev.darkroom.command.up;

import org.jspecify.annotations.NullMarked;
