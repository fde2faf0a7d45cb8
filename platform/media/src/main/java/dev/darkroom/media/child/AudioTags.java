package dev.darkroom.media.child;

import dev.darkroom.media.AudioFacts;
import dev.darkroom.media.child.ffmpeg.AvFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags of music in one form, whatever container they stood in: cleaned, and in the ranges that
/// the catalogue keeps.
final class AudioTags {

    private static final Pattern YEAR = Pattern.compile(".*?\\b(\\d{4})(?!\\d).*", Pattern.DOTALL);
    private static final Pattern NUMBER =
            Pattern.compile("\\s*(\\d{1,4})(?!\\d).*", Pattern.DOTALL);
    private static final int MOST_TEXT = 16 * 1024;

    private final Map<String, String> tags;
    private final int maxTextBytes;

    private AudioTags(Map<String, String> tags, int maxTextBytes) {
        this.tags = tags;
        this.maxTextBytes = maxTextBytes;
    }

    static AudioFacts facts(AvFacts found, String mimeType, int maxTextBytes) {
        AudioTags tags = new AudioTags(found.tags(), maxTextBytes);
        AvFacts.Audio sound = found.audio();
        Long bits =
                sound != null && sound.bitsPerSecond() != null
                        ? sound.bitsPerSecond()
                        : found.bitsPerSecond();
        return new AudioFacts(
                tags.text("title"),
                tags.text("artist"),
                tags.text("album"),
                tags.text("album_artist", "albumartist", "album artist"),
                tags.text("genre"),
                tags.year(),
                tags.number("track", "tracknumber", "wm/tracknumber"),
                sound == null ? null : within(sound.channels(), 1, 16),
                sound == null ? null : within(sound.sampleRate(), 1, Integer.MAX_VALUE),
                bits == null ? null : within(bits, 1, Integer.MAX_VALUE),
                format(mimeType, sound == null ? "" : sound.codec()));
    }

    /// All tags, cleaned, in the order of their names, up to what a row can carry.
    static Map<String, Object> all(Map<String, String> tags, int maxTextBytes, int maxTags) {
        Map<String, Object> kept = new LinkedHashMap<>();
        int room = MOST_TEXT;
        for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
            String key = Text.clean(tag.getKey(), 256);
            String value = Text.clean(tag.getValue(), maxTextBytes);
            room -= key.length() + value.length();
            if (room < 0 || kept.size() >= maxTags) {
                break;
            }
            if (!key.isEmpty() && !value.isEmpty()) {
                kept.put(key, value);
            }
        }
        return kept;
    }

    private @Nullable String text(String... names) {
        for (String name : names) {
            String clean = Text.clean(tags.getOrDefault(name, ""), Math.min(2_000, maxTextBytes));
            if (!clean.isEmpty()) {
                return clean;
            }
        }
        return null;
    }

    private @Nullable Integer year() {
        for (String name :
                new String[] {"date", "year", "tyer", "wm/year", "originaldate", "tdor", "tory"}) {
            Matcher year = YEAR.matcher(tags.getOrDefault(name, ""));
            Integer found =
                    year.matches() ? within(Long.parseLong(year.group(1)), 1800, 2100) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// `2` of `2/3`.
    private @Nullable Integer number(String... names) {
        for (String name : names) {
            Matcher number = NUMBER.matcher(tags.getOrDefault(name, ""));
            if (number.matches()) {
                return within(Long.parseLong(number.group(1)), 1, 9_999);
            }
        }
        return null;
    }

    private static @Nullable Integer within(long value, long least, long most) {
        return value >= least && value <= most ? (int) value : null;
    }

    private static String format(String mimeType, String codec) {
        return switch (mimeType) {
            case "audio/mpeg" -> "MP3";
            case "audio/flac" -> "FLAC";
            case "audio/mp4" -> codec.equals("alac") ? "ALAC" : "AAC";
            case "audio/aac" -> "AAC";
            case "audio/ogg" -> codec.equals("flac") ? "FLAC" : "Ogg Vorbis";
            case "audio/opus" -> "Opus";
            case "audio/wav" -> "WAV";
            case "audio/aiff" -> "AIFF";
            case "audio/x-ms-wma" -> "WMA";
            case "audio/x-ape" -> "APE";
            case "audio/x-wavpack" -> "WavPack";
            case "audio/x-musepack" -> "Musepack";
            case "audio/x-dsf" -> "DSD";
            case "audio/amr" -> "AMR";
            default -> mimeType.substring(mimeType.indexOf('/') + 1);
        };
    }
}
