package dev.darkroom.library.file;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sizes in which thumbnails are made, by name and by pixels (R12).
///
/// @param pixelsByName the longer edge of each profile, in pixels
public record ThumbnailSizes(Map<String, Integer> pixelsByName) {
    /// The animation that videos have beside the sizes.
    private static final String LOOP = "loop";

    public ThumbnailSizes {
        pixelsByName = Map.copyOf(pixelsByName);
    }

    /// The name of the profile that a client calls by its name or by its pixels.
    public Optional<String> named(String nameOrPixels) {
        if (pixelsByName.containsKey(nameOrPixels) || nameOrPixels.equals(LOOP)) {
            return Optional.of(nameOrPixels);
        }
        return pixelsByName.entrySet().stream()
                .filter(profile -> profile.getValue().toString().equals(nameOrPixels))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// For people: `small (150), medium (300), large (1024), loop (of videos)`.
    @Override
    public String toString() {
        return pixelsByName.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .map(profile -> profile.getKey() + " (" + profile.getValue() + ")")
                .collect(Collectors.joining(", ", "", ", loop (of videos)"));
    }
}
