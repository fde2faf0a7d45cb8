/// What becomes of the files in watched repositories: `file-changed`.
@NullMarked
package dev.darkroom.ingest.watched;

import org.jspecify.annotations.NullMarked;
