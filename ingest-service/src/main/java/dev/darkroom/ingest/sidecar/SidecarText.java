package dev.darkroom.ingest.sidecar;

import dev.darkroom.media.SidecarFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sidecar's facts as [SidecarMerge] compares them: as text, in the precision of the columns.
final class SidecarText {
    private static final int DEGREES_SCALE = 8;
    private static final int METRES_SCALE = 2;

    private SidecarText() {}

    static Map<String, String> of(SidecarFacts facts) {
        Map<String, String> said = new LinkedHashMap<>();
        String description = facts.description() == null ? facts.title() : facts.description();
        put(said, SidecarMerge.DESCRIPTION, description);
        Integer rating = facts.rating();
        put(said, SidecarMerge.RATING, rating == null ? null : rating(rating));
        Instant taken = facts.takenAt();
        put(said, SidecarMerge.TAKEN_AT, taken == null ? null : time(taken));
        Double latitude = facts.latitude();
        Double longitude = facts.longitude();
        if (latitude != null && longitude != null) {
            said.put(
                    SidecarMerge.POSITION,
                    position(BigDecimal.valueOf(latitude), BigDecimal.valueOf(longitude)));
        }
        Double altitude = facts.altitude();
        put(
                said,
                SidecarMerge.ALTITUDE,
                altitude == null ? null : altitude(BigDecimal.valueOf(altitude)));
        return said;
    }

    /// No stars are as good as no word about them.
    static @Nullable String rating(int stars) {
        return stars <= 0 ? null : String.valueOf(stars);
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    static String position(BigDecimal latitude, BigDecimal longitude) {
        return plain(latitude, DEGREES_SCALE) + "," + plain(longitude, DEGREES_SCALE);
    }

    static String altitude(BigDecimal metres) {
        return plain(metres, METRES_SCALE);
    }

    private static String plain(BigDecimal number, int scale) {
        return number.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }

    private static void put(Map<String, String> map, String field, @Nullable String value) {
        if (value != null) {
            map.put(field, value);
        }
    }
}
