/// From an address to a folder on this disk.
@NullMarked
package dev.darkroom.inference.fetch;

import org.jspecify.annotations.NullMarked;
