/// XMP files that lie beside a photo, and what they say about it.
@NullMarked
package dev.darkroom.ingest.sidecar;

import org.jspecify.annotations.NullMarked;
