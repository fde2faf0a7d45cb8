package dev.darkroom.library.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A circle on the globe.
///
/// @param latitude degrees, -90 to 90
/// @param longitude degrees, -180 to 180
/// @param kilometres its radius
public record Near(double latitude, double longitude, double kilometres) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "(-?\\d{1,3}(?:\\.\\d{1,12})?),(-?\\d{1,3}(?:\\.\\d{1,12})?),(\\d{1,5}(?:\\.\\d{1,6})?)");
    private static final double KILOMETRES_PER_DEGREE = 111.19;

    public Near {
        if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || kilometres <= 0) {
            throw new IllegalArgumentException(
                    "latitude is -90 to 90, longitude -180 to 180, the radius more than 0 km: %s,%s,%s"
                            .formatted(latitude, longitude, kilometres));
        }
    }

    /// Reads `latitude,longitude,kilometres`.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static Near parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException(
                    "near is latitude,longitude,kilometres, such as 48.137,11.575,5: " + text);
        }
        return new Near(
                Double.parseDouble(numbers.group(1)),
                Double.parseDouble(numbers.group(2)),
                Double.parseDouble(numbers.group(3)));
    }

    /// The parallels between which the circle lies.
    double south() {
        return latitude - kilometres / KILOMETRES_PER_DEGREE;
    }

    double north() {
        return latitude + kilometres / KILOMETRES_PER_DEGREE;
    }
}
