package dev.darkroom.command.up;

/// The TCP ports of a system; 0 takes a free one.
///
/// @param library of the library
/// @param uploads of the upload doors and the repositories
/// @param sync of sync-service: operations on folders, change streams over HTTP
/// @param embeddings of embedding-worker: spaces, and the vectors of words
/// @param kafka of the broker; a free one is remembered
public record UpPorts(int library, int uploads, int sync, int embeddings, int kafka) {}
