/// Importing a folder: walking it, submitting what may be media, following each file to its
/// outcome.
@NullMarked
package dev.darkroom.command.load;

import org.jspecify.annotations.NullMarked;
