/// What `darkroom sync` asks sync-service, and how it shows the answers.
@NullMarked
package dev.darkroom.command.folders;

import org.jspecify.annotations.NullMarked;
