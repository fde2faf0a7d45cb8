package dev.darkroom.media.child.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Intact short recordings with real tracks in them, one of each container and of the decoders that
/// are met most.
public final class RecordedSamples {
    private RecordedSamples() {}

    /// Makes them, by name.
    ///
    /// @param folder for files that are of no use afterwards
    public static Map<String, byte[]> all(Path folder) {
        Map<String, Recording> wanted = new LinkedHashMap<>();
        wanted.put("clip.mp4", Recording.video("mp4", "libopenh264", 1).withSound("aac"));
        wanted.put("clip.mov", Recording.video("mov", "mjpeg", 1).withSound("pcm_s16le"));
        wanted.put("clip.3gp", Recording.video("3gp", "mpeg4", 1).withSound("aac"));
        wanted.put("clip.mkv", Recording.video("matroska", "libopenh264", 1).withSound("flac"));
        wanted.put("clip.webm", Recording.video("webm", "libvpx", 1).withSound("libopus"));
        wanted.put("clip.avi", Recording.video("avi", "mpeg4", 1).withSound("libmp3lame"));
        wanted.put("clip.wmv", Recording.video("asf", "wmv2", 1).withSound("wmav2"));
        wanted.put("clip.ts", Recording.video("mpegts", "libopenh264", 1).withSound("aac"));
        wanted.put("tone.mp3", Recording.sound("mp3", "libmp3lame", 1));
        wanted.put("tone.flac", Recording.sound("flac", "flac", 1));
        wanted.put("tone.m4a", Recording.sound("ipod", "alac", 1));
        wanted.put("tone.ogg", Recording.sound("ogg", "vorbis", 1));
        wanted.put("tone.opus", Recording.sound("opus", "libopus", 1));
        wanted.put("tone.wma", Recording.sound("asf", "wmav2", 1));
        wanted.put("tone.aiff", Recording.sound("aiff", "pcm_s16be", 1));
        Map<String, byte[]> samples = new LinkedHashMap<>();
        wanted.forEach((name, one) -> samples.put(name, bytes(one, folder.resolve(name))));
        return samples;
    }

    private static byte[] bytes(Recording wanted, Path file) {
        try {
            return Files.readAllBytes(Recorder.make(wanted, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
