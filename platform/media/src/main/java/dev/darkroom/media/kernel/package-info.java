/// The calls to the Linux kernel with which a process gives its rights away and hands open files
/// over. Knows nothing of media.
@NullMarked
package dev.darkroom.media.kernel;

import org.jspecify.annotations.NullMarked;
