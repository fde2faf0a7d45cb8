/// Work that is done again: assets that are in the library already are announced once more.
@NullMarked
package dev.darkroom.ingest.reprocess;

import org.jspecify.annotations.NullMarked;
