package dev.darkroom.media;

/// How a picture is brought into a square of the wanted size.
public enum Fit {
    /// All of it is to be seen; its longer edge is the square's.
    INSIDE,
    /// The square is filled from the middle of the picture; what does not fit is cut off.
    COVER
}
