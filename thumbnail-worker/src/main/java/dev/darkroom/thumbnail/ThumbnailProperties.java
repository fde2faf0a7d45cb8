package dev.darkroom.thumbnail;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which thumbnails are made, and how.
///
/// @param profiles by name (R12); small=150, medium=300, large=1024, and preview=1920 on demand
///   when none are given. library-service must know the same names
/// @param quality JPEG quality, 1 to 100, of profiles that do not say
/// @param mediaProcesses child processes that decode; 0 is one per processor
/// @param batchSize the most photos that are written together
@ConfigurationProperties(prefix = "darkroom.thumbnail", ignoreUnknownFields = false)
public record ThumbnailProperties(
        @DefaultValue Map<String, ThumbnailProfile> profiles,
        @DefaultValue("80") int quality,
        @DefaultValue("0") int mediaProcesses,
        @DefaultValue("24") int batchSize) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private static final Map<String, ThumbnailProfile> DEFAULT_PROFILES =
            Map.of(
                    "small", ThumbnailProfile.jpeg(150, false),
                    "medium", ThumbnailProfile.jpeg(300, false),
                    "large", ThumbnailProfile.jpeg(1_024, false),
                    "preview", ThumbnailProfile.jpeg(1_920, true));

    public ThumbnailProperties {
        profiles = profiles.isEmpty() ? DEFAULT_PROFILES : Map.copyOf(new TreeMap<>(profiles));
        profiles.forEach(ThumbnailProperties::check);
        if (profiles.values().stream().allMatch(ThumbnailProfile::onDemand)) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.profiles: at least one must be made for every photo,"
                            + " without on-demand=true");
        }
        if (mediaProcesses < 0) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.media-processes must not be negative: " + mediaProcesses);
        }
    }

    int processes() {
        return mediaProcesses > 0 ? mediaProcesses : Runtime.getRuntime().availableProcessors();
    }

    /// What is made for every photo.
    RenderRequest always() {
        return new RenderRequest(
                profiles.entrySet().stream()
                        .filter(profile -> !profile.getValue().onDemand())
                        .sorted(Map.Entry.comparingByKey())
                        .map(profile -> profile.getValue().size(profile.getKey()))
                        .toList(),
                quality);
    }

    /// What is made when somebody asks for this profile; empty when there is none of this name.
    Optional<RenderRequest> only(String name) {
        return Optional.ofNullable(profiles.get(name))
                .map(profile -> new RenderRequest(List.of(profile.size(name)), quality));
    }

    private static void check(String name, ThumbnailProfile profile) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.profiles: a name has 1 to 32 of a-z, 0-9 and -, and begins"
                            + " with a letter: "
                            + name);
        }
        try {
            RenderSize _ = profile.size(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.profiles." + name + ": " + e.getMessage(), e);
        }
    }
}
