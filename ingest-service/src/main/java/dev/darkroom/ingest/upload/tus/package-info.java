/// Uploads that survive a broken line: the tus 1.0.0 protocol with creation, creation-with-upload,
/// creation-defer-length, checksum, termination and expiration.
///
/// How far an upload has come is the length of its file, and nothing else; no second number could
/// disagree with it.
@NullMarked
package dev.darkroom.ingest.upload.tus;

import org.jspecify.annotations.NullMarked;
