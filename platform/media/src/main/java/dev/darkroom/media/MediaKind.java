package dev.darkroom.media;

/// What a person would call the file, decided from its content alone.
public enum MediaKind {
    /// A still picture, animated GIF and camera RAW included.
    PHOTO,
    /// Moving pictures, with or without sound.
    VIDEO,
    /// Sound without moving pictures.
    AUDIO
}
