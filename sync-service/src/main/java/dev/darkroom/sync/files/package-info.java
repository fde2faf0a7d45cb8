/// How Darkroom sees a folder on a real file system: an ordered walk, realtime watching, whether a
/// file is still being written, and whether the folder's disk is there at all. Knows no Spring, no
/// Kafka and no SQL, and never writes to anybody's files.
///
/// On Linux it calls the C library through the foreign-function API (the JVM needs
/// `--enable-native-access=ALL-UNNAMED`); elsewhere the same contract is kept with `java.nio`.
@NullMarked
package dev.darkroom.sync.files;

import org.jspecify.annotations.NullMarked;
