package dev.darkroom.media.child;

import dev.darkroom.media.AudioFacts;
import dev.darkroom.media.LiveFacts;
import dev.darkroom.media.MediaFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts under construction. Every setter refuses what a database or a person could not use, and
/// says so in a warning.
final class FactSheet {

    private static final int MAX_WARNINGS = 20;
    private static final int MAX_NAME_BYTES = 256;
    private static final double LOWEST_METRES = -11_000;
    private static final double HIGHEST_METRES = 100_000;

    private final ContentType type;
    private final int maxTextBytes;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Integer width;
    private @Nullable Integer height;
    private int orientation = 1;
    private @Nullable Instant takenAt;
    private @Nullable String takenAtOffset;
    private @Nullable Double durationSeconds;
    private @Nullable String cameraMake;
    private @Nullable String cameraModel;
    private @Nullable String lensModel;
    private @Nullable Integer iso;
    private @Nullable Double aperture;
    private @Nullable String shutterSpeed;
    private @Nullable Double focalLength;
    private @Nullable Double latitude;
    private @Nullable Double longitude;
    private @Nullable Double altitude;
    private @Nullable AudioFacts audio;
    private @Nullable String contentIdentifier;
    private @Nullable MotionVideo motion;

    FactSheet(ContentType type, int maxTextBytes) {
        this.type = type;
        this.maxTextBytes = maxTextBytes;
    }

    ContentType type() {
        return type;
    }

    void picture(PictureHeader header) {
        size(header.width(), header.height());
        orientation = header.orientation();
        if (header.truncated()) {
            warn("the file is cut off before the picture ends");
        }
    }

    void size(@Nullable Integer w, @Nullable Integer h) {
        if (width == null && w != null && h != null && w > 0 && h > 0) {
            width = w;
            height = h;
        }
    }

    /// Degrees to turn right, as video files say it.
    void rotation(@Nullable Double degrees) {
        if (degrees != null && Double.isFinite(degrees)) {
            orientation = orientation(Math.round(degrees));
        }
    }

    /// The EXIF orientation of something that is to be turned right by so many degrees.
    static int orientation(long degrees) {
        return switch (Math.floorMod(degrees, 360)) {
            case 90 -> 6;
            case 180 -> 3;
            case 270 -> 8;
            default -> 1;
        };
    }

    /// What the picture track of a video says, which is better than what its container says.
    void track(int w, int h, int turnedRight) {
        if (w > 0 && h > 0) {
            width = w;
            height = h;
            orientation = orientation(turnedRight);
        }
    }

    void audio(AudioFacts facts) {
        audio = facts;
    }

    void contentIdentifier(@Nullable String identifier) {
        contentIdentifier = contentIdentifier == null ? name(identifier) : contentIdentifier;
    }

    void motion(MotionVideo video) {
        motion = video;
    }

    void duration(@Nullable Double seconds) {
        if (durationSeconds == null && seconds != null) {
            if (Double.isFinite(seconds) && seconds >= 0 && seconds < 1e8) {
                durationSeconds = Math.round(seconds * 1_000) / 1_000.0;
            } else {
                warn("the duration in the file cannot be right: " + seconds + " s");
            }
        }
    }

    void taken(@Nullable Instant at, @Nullable String offset) {
        if (takenAt == null && at != null) {
            takenAt = at;
            takenAtOffset = offset;
        }
    }

    boolean knowsWhenTaken() {
        return takenAt != null;
    }

    void camera(@Nullable String make, @Nullable String model) {
        if (cameraMake == null && cameraModel == null) {
            cameraMake = name(make);
            cameraModel = name(model);
        }
    }

    void lens(@Nullable String model) {
        lensModel = lensModel == null ? name(model) : lensModel;
    }

    void exposure(
            @Nullable Integer speed,
            @Nullable Double fNumber,
            @Nullable Double seconds,
            @Nullable Double mm) {
        iso = iso == null && speed != null && speed > 0 ? speed : iso;
        aperture = aperture == null ? measure(fNumber, 1_000) : aperture;
        focalLength = focalLength == null ? measure(mm, 10_000) : focalLength;
        Double time = measure(seconds, 1e6);
        if (shutterSpeed == null && time != null) {
            shutterSpeed = time < 0.4 ? "1/" + Math.round(1 / time) : plain(time);
        }
    }

    void position(double lat, double lon) {
        if (!Double.isFinite(lat)
                || !Double.isFinite(lon)
                || Math.abs(lat) > 90
                || Math.abs(lon) > 180) {
            warn("the GPS position in the file is not on this planet: " + lat + ", " + lon);
        } else if (lat == 0 && lon == 0) {
            warn("the GPS position 0, 0 was left out; cameras write it when they have none");
        } else if (latitude == null) {
            latitude = lat;
            longitude = lon;
        }
    }

    void altitude(double metres) {
        if (Double.isFinite(metres) && metres >= LOWEST_METRES && metres <= HIGHEST_METRES) {
            altitude = altitude == null ? metres : altitude;
        } else {
            warn("the altitude in the file cannot be right: " + metres + " m");
        }
    }

    void detail(String key, Object value) {
        details.put(key, value);
    }

    void warn(String warning) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(Text.clean(warning, 500));
        }
    }

    MediaFacts facts() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (cameraMake != null || cameraModel != null) {
            metadata.put("Camera", camera());
        }
        if (latitude != null && longitude != null) {
            metadata.put("GPSLatitude", latitude);
            metadata.put("GPSLongitude", longitude);
        }
        metadata.putAll(details);
        return new MediaFacts(
                type.mimeType(),
                type.kind(),
                width,
                height,
                orientation,
                takenAt,
                takenAtOffset,
                durationSeconds,
                cameraMake,
                cameraModel,
                lensModel,
                iso,
                aperture,
                shutterSpeed,
                focalLength,
                latitude,
                longitude,
                altitude,
                type.isRaw(),
                audio,
                new LiveFacts(
                        contentIdentifier,
                        motion == null ? null : motion.offset(),
                        motion == null ? null : motion.length()),
                metadata,
                warnings);
    }

    /// Make and model as one name, without saying the make twice.
    private String camera() {
        if (cameraMake == null || cameraModel == null) {
            return String.valueOf(cameraMake == null ? cameraModel : cameraMake);
        }
        String brand = cameraMake.split(" ", 2)[0];
        boolean named = cameraModel.regionMatches(true, 0, brand, 0, brand.length());
        return named ? cameraModel : cameraMake + " " + cameraModel;
    }

    private @Nullable String name(@Nullable String text) {
        String clean = text == null ? "" : Text.clean(text, Math.min(MAX_NAME_BYTES, maxTextBytes));
        return clean.isEmpty() ? null : clean;
    }

    private static @Nullable Double measure(@Nullable Double value, double below) {
        boolean plausible = value != null && Double.isFinite(value) && value > 0 && value < below;
        return plausible ? value : null;
    }

    private static String plain(double seconds) {
        double rounded = Math.round(seconds * 10) / 10.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }
}
