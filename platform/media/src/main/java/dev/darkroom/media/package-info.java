/// Reading bytes nobody trusts: probe and render run in child processes that may be killed.
@NullMarked
package dev.darkroom.media;

import org.jspecify.annotations.NullMarked;
