package dev.darkroom.media;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// All renditions of one picture.
///
/// @param renditions in the order of the request
/// @param thumbHash the placeholder to show while a rendition loads: at most 25 bytes, see
///   [evanw.github.io/thumbhash](https://evanw.github.io/thumbhash/)
/// @param engine what decoded it, with its version
/// @param warnings what is not perfect about the picture, one sentence each; usually empty
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes are handed on, never changed; equality looks into them
public record Rendered(
        List<Rendition> renditions, byte[] thumbHash, String engine, List<String> warnings) {
    public Rendered {
        renditions = List.copyOf(renditions);
        warnings = List.copyOf(warnings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rendered(List<Rendition> r, byte[] hash, String e, List<String> w)
                && r.equals(renditions)
                && Arrays.equals(hash, thumbHash)
                && e.equals(engine)
                && w.equals(warnings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(renditions, Arrays.hashCode(thumbHash), engine, warnings);
    }

    @Override
    public String toString() {
        return "Rendered[" + renditions + ", engine=" + engine + ", warnings=" + warnings + "]";
    }
}
