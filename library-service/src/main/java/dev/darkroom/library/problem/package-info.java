/// Every error as an RFC 9457 problem.
@NullMarked
package dev.darkroom.library.problem;

import org.jspecify.annotations.NullMarked;
