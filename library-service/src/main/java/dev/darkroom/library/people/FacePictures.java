package dev.darkroom.library.people;

import java.util.UUID;

/// Cuts faces out of pictures. No picture is decoded in this process: whoever has child processes
/// for that does it.
interface FacePictures {
    /// What there is to say.
    sealed interface Answer {
        @SuppressWarnings("ArrayRecordComponent") // written out once, never compared
        record Jpeg(byte[] bytes) implements Answer {}

        record NoSuchFace() implements Answer {}

        /// Not now, and not later.
        record Impossible(String reason) implements Answer {}

        record Later(String reason) implements Answer {}
    }

    /// A square around the face.
    ///
    /// @param size pixels
    Answer of(UUID face, int size);
}
