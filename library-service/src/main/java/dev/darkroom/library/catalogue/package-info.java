/// Browsing the library and looking at one asset.
@NullMarked
package dev.darkroom.library.catalogue;

import org.jspecify.annotations.NullMarked;
