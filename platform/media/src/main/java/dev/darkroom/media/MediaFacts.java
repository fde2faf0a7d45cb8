package dev.darkroom.media;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one file says about itself, cleaned: no control characters, no NaN, nothing out of range.
///
/// Width and height are as stored; what a person sees is [#uprightWidth()] by [#uprightHeight()].
///
/// @param mimeType from the content, never from the name
/// @param orientation EXIF orientation 1 to 8; 1 is upright
/// @param takenAt when the shutter was pressed. Cameras write local time; without an offset in the
///   file it is read as UTC
/// @param takenAtOffset the offset the file states, such as `+02:00`; null when `takenAt` had to
///   assume UTC
/// @param iso sensitivity, as ISO number
/// @param aperture f-number
/// @param shutterSpeed exposure time in seconds as people write it, such as `1/250` or `2.5`
/// @param focalLength in millimetres
/// @param latitude degrees, north positive
/// @param longitude degrees, east positive
/// @param altitude metres above sea level
/// @param isRaw whether this is a camera's raw sensor data
/// @param audio of a sound file; null for everything else
/// @param live how it belongs to a photo that moves
/// @param metadata everything else worth keeping: strings, numbers, booleans, maps and lists of
///   them. Holds `Camera`, `GPSLatitude` and `GPSLongitude` when they are known
/// @param warnings what could not be read, one sentence each
public record MediaFacts(
        String mimeType,
        MediaKind kind,
        @Nullable Integer width,
        @Nullable Integer height,
        int orientation,
        @Nullable Instant takenAt,
        @Nullable String takenAtOffset,
        @Nullable Double durationSeconds,
        @Nullable String cameraMake,
        @Nullable String cameraModel,
        @Nullable String lensModel,
        @Nullable Integer iso,
        @Nullable Double aperture,
        @Nullable String shutterSpeed,
        @Nullable Double focalLength,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Double altitude,
        boolean isRaw,
        @Nullable AudioFacts audio,
        LiveFacts live,
        Map<String, Object> metadata,
        List<String> warnings) {

    public MediaFacts {
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation must be 1 to 8: " + orientation);
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        warnings = List.copyOf(warnings);
    }

    /// Width in pixels after the orientation is applied.
    public @Nullable Integer uprightWidth() {
        return orientation >= 5 ? height : width;
    }

    /// Height in pixels after the orientation is applied.
    public @Nullable Integer uprightHeight() {
        return orientation >= 5 ? width : height;
    }
}
