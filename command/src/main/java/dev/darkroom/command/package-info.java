/// The `darkroom` command: one class per subcommand. What a subcommand does is in the rooms below:
/// `up` starts the system, `load` imports folders, `watch` looks at a running system.
@NullMarked
package dev.darkroom.command;

import org.jspecify.annotations.NullMarked;
