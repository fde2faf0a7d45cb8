package dev.darkroom.media;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which pictures can be rendered on this machine, and what would add the others.
///
/// @param engineByMimeType the engine, with version, that decodes each picture format
/// @param missing formats that can be recognised but not rendered, each with the reason
/// @param install the command that adds what is missing; null when a command cannot help
/// @param confinement how the children are confined here, and what this machine did not allow
public record MediaCapabilities(
        SortedMap<String, String> engineByMimeType,
        List<String> missing,
        @Nullable String install,
        List<String> confinement) {
    /// How the line of [#missing()] begins that no package of the system can help.
    public static final String RECORDINGS = "video and sound: ";

    public MediaCapabilities {
        engineByMimeType = Collections.unmodifiableSortedMap(new TreeMap<>(engineByMimeType));
        missing = List.copyOf(missing);
        confinement = List.copyOf(confinement);
    }

    /// Whether a picture of this type can be rendered.
    public boolean renders(String mimeType) {
        return ((Map<String, String>) engineByMimeType).containsKey(mimeType);
    }
}
