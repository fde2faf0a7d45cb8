package dev.darkroom.media;

/// How a child comes to fast code: compiling it takes more of the processor than the first files
/// do.
enum Haste {
    /// Compiles what it uses much.
    USUAL,
    /// Draws pictures of ours first, and compiles all that.
    PRACTISES,
    /// Compiles little, and starts with a third less work: it replaces one that was lost, and may
    /// be lost to the next file.
    HURRIES
}
