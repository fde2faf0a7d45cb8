/// Watched repositories and the files in them, for reading: what sync-service's records say, and
/// what lies on the disk.
@NullMarked
package dev.darkroom.ingest.file;

import org.jspecify.annotations.NullMarked;
