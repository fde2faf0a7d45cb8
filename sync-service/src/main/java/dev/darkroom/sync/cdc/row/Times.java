package dev.darkroom.sync.cdc.row;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/// The forms of dates and times: ISO 8601 with six decimals, so that equal times are equal texts.
/// Those with a zone are in UTC. `infinity` and `-infinity` stay as they are.
///
/// PostgreSQL's text has to be in DateStyle ISO. Years of four digits, and times in UTC, which are
/// nearly all, are copied; anything else is parsed.
final class Times {
    private static final int DATE_LENGTH = 10;
    private static final int DECIMALS = 6;
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, DECIMALS, DECIMALS, true)
                    .toFormatter();

    private Times() {}

    static void date(JsonBytes json, byte[] text, int from, int to) {
        if (isPlainDate(text, from, to) && to - from == DATE_LENGTH) {
            json.putPlainString(text, from, to);
        } else {
            json.putAscii('"' + isoDate(string(text, from, to)) + '"');
        }
    }

    static void time(JsonBytes json, byte[] text, int from, int to) {
        json.put('"');
        putTime(json, text, from, to);
        json.put('"');
    }

    static void timeWithZone(JsonBytes json, byte[] text, int from, int to) {
        String time = string(text, from, to);
        // 24:00:00 is a time to PostgreSQL alone.
        String iso =
                time.startsWith("24")
                        ? time
                        : OffsetTime.parse(isoOffset(time))
                                        .withOffsetSameInstant(ZoneOffset.UTC)
                                        .format(TIME)
                                + 'Z';
        json.putAscii('"' + iso + '"');
    }

    static void timestamp(JsonBytes json, byte[] text, int from, int to) {
        if (isPlainDate(text, from, to) && text[to - 1] != 'C') {
            json.put('"');
            json.put(text, from, from + DATE_LENGTH);
            json.put('T');
            putTime(json, text, from + DATE_LENGTH + 1, to);
            json.put('"');
        } else {
            json.putAscii('"' + isoTimestamp(string(text, from, to)) + '"');
        }
    }

    static void timestampWithZone(JsonBytes json, byte[] text, int from, int to) {
        if (isPlainDate(text, from, to) && endsInUtc(text, to)) {
            json.put('"');
            json.put(text, from, from + DATE_LENGTH);
            json.put('T');
            putTime(json, text, from + DATE_LENGTH + 1, to - 3);
            json.put('Z');
            json.put('"');
        } else {
            json.putAscii('"' + utcTimestamp(string(text, from, to)) + '"');
        }
    }

    private static boolean isPlainDate(byte[] text, int from, int to) {
        return to - from >= DATE_LENGTH
                && text[from + 4] == '-'
                && text[from + 7] == '-'
                && (to - from == DATE_LENGTH || text[from + DATE_LENGTH] == ' ');
    }

    private static boolean endsInUtc(byte[] text, int to) {
        return text[to - 3] == '+' && text[to - 2] == '0' && text[to - 1] == '0';
    }

    /// `HH:mm:ss` with any decimals => with six.
    private static void putTime(JsonBytes json, byte[] text, int from, int to) {
        json.put(text, from, to);
        int decimals = to - from - "HH:mm:ss.".length();
        if (decimals < 0) {
            json.put('.');
            decimals = 0;
        }
        for (int i = decimals; i < DECIMALS; i++) {
            json.put('0');
        }
    }

    private static String isoDate(String text) {
        return isInfinite(text) ? text : date(text).toString();
    }

    private static String isoTimestamp(String text) {
        return isInfinite(text) ? text : iso(dateTime(text));
    }

    private static String utcTimestamp(String text) {
        if (isInfinite(text)) {
            return text;
        }
        String era = text.endsWith(" BC") ? " BC" : "";
        String plain = text.substring(0, text.length() - era.length());
        int sign = Math.max(plain.lastIndexOf('+'), plain.lastIndexOf('-'));
        ZoneOffset offset = ZoneOffset.of(fullOffset(plain.substring(sign)));
        LocalDateTime local = dateTime(plain.substring(0, sign) + era);
        return iso(local.minusSeconds(offset.getTotalSeconds())) + 'Z';
    }

    private static String iso(LocalDateTime time) {
        return time.toLocalDate() + "T" + time.format(TIME);
    }

    private static boolean isInfinite(String text) {
        return text.endsWith("infinity");
    }

    private static LocalDateTime dateTime(String text) {
        int space = text.indexOf(' ');
        String era = text.endsWith(" BC") ? " BC" : "";
        String time = text.substring(space + 1, text.length() - era.length());
        return LocalDateTime.of(date(text.substring(0, space) + era), LocalTime.parse(time));
    }

    /// The year before 1 AD is 1 BC to PostgreSQL, and 0 to ISO 8601.
    private static LocalDate date(String text) {
        boolean bc = text.endsWith(" BC");
        String[] parts = (bc ? text.substring(0, text.length() - 3) : text).split("-", -1);
        int year = Integer.parseInt(parts[0]);
        return LocalDate.of(
                bc ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static String isoOffset(String time) {
        int sign = Math.max(time.lastIndexOf('+'), time.lastIndexOf('-'));
        return time.substring(0, sign) + fullOffset(time.substring(sign));
    }

    /// `+01` => `+01:00`; longer ones are complete.
    private static String fullOffset(String offset) {
        return offset.length() == 3 ? offset + ":00" : offset;
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.US_ASCII);
    }
}
