/// One operation: a folder is compared with its rows, and what differs is sorted out.
///
/// Start reading at [Comparison], which merges two sorted lists; [Relocations] finds out which new
/// file is an old one; [Departures] is careful about what seems to be gone.
@NullMarked
package dev.darkroom.sync.folders.scan;

import org.jspecify.annotations.NullMarked;
