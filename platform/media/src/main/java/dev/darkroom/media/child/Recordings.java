package dev.darkroom.media.child;

import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.ffmpeg.Animation;
import dev.darkroom.media.child.ffmpeg.AvFacts;
import dev.darkroom.media.child.ffmpeg.AvFailed;
import dev.darkroom.media.child.ffmpeg.AvFile;
import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import dev.darkroom.media.child.ffmpeg.Still;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Video and sound: what they say of themselves, and the pictures that stand for them.
///
/// FFmpeg is loaded with the first of them, so that a child which only ever meets photos does
/// without.
final class Recordings {

    private static final Instant CLOCK_NOT_SET = Instant.parse("1970-01-02T00:00:00Z");

    private final Request.Hello limits;

    Recordings(Request.Hello limits) {
        this.limits = limits;
    }

    /// Draws a picture file that was found inside of another file.
    @FunctionalInterface
    interface Artwork {
        Rendered draw(MediaFile picture) throws IOException, UnreadableMedia;
    }

    /// Adds what the tracks say. What cannot be read is a warning: the file is kept anyway.
    void describe(MediaFile file, FactSheet sheet) {
        String type = sheet.type().mimeType();
        if (!AvFile.reads(type)) {
            sheet.warn("the tracks were not read: there is no reader for " + type);
            return;
        }
        try {
            Ffmpeg.load();
            try (AvFile recording = AvFile.open(file.bytes(), type, limits.maxPixels())) {
                describe(recording.facts(), sheet);
            }
        } catch (AvFailed e) {
            sheet.warn("the tracks could not be read: " + e.getMessage());
        } catch (Ffmpeg.NotHere e) {
            sheet.warn("the tracks were not read: " + e.getMessage());
        }
    }

    private void describe(AvFacts found, FactSheet sheet) {
        sheet.duration(found.durationSeconds());
        AvFacts.Video video = found.video();
        if (sheet.type().kind() == MediaKind.VIDEO) {
            if (video != null) {
                describe(video, sheet);
            }
            sheet.detail("HasAudio", found.audio() != null);
        } else {
            sheet.audio(AudioTags.facts(found, sheet.type().mimeType(), limits.maxTextBytes()));
            sheet.detail("HasArtwork", found.hasArtwork());
        }
        if (found.audio() != null) {
            sheet.detail("AudioCodec", Text.clean(found.audio().codec(), 64));
        }
        if (found.bitsPerSecond() != null) {
            sheet.detail("BitRate", found.bitsPerSecond());
        }
        sheet.contentIdentifier(found.tags().get("com.apple.quicktime.content.identifier"));
        WellKnownTags.place(found.tags().get("location"), sheet);
        taken(found.tags(), sheet);
        Map<String, Object> tags =
                AudioTags.all(found.tags(), limits.maxTextBytes(), limits.maxTags());
        if (!tags.isEmpty()) {
            sheet.detail("Tags", tags);
        }
    }

    private static void describe(AvFacts.Video video, FactSheet sheet) {
        sheet.track(video.width(), video.height(), video.turnedRight());
        sheet.detail("VideoCodec", Text.clean(video.codec(), 64));
        sheet.detail("Rotation", video.turnedRight());
        if (video.framesPerSecond() != null) {
            sheet.detail("FrameRate", Math.round(video.framesPerSecond() * 1_000) / 1_000.0);
        }
        if (video.pixelAspect() != 1) {
            sheet.detail("PixelAspect", Math.round(video.pixelAspect() * 10_000) / 10_000.0);
        }
    }

    private static void taken(Map<String, String> tags, FactSheet sheet) {
        for (String name : List.of("com.apple.quicktime.creationdate", "creation_time")) {
            CameraTime.of(tags.getOrDefault(name, ""), null, null)
                    .filter(time -> time.instant().isAfter(CLOCK_NOT_SET))
                    .ifPresent(time -> sheet.taken(time.instant(), time.offset()));
        }
    }

    /// A video's poster; a sound file's cover, or its waveform.
    Rendered draw(MediaFile file, ContentType type, RenderRequest wanted, Artwork artwork)
            throws UnreadableMedia {
        try {
            Ffmpeg engine = Ffmpeg.load();
            try (AvFile recording =
                    AvFile.open(file.bytes(), type.mimeType(), limits.maxPixels())) {
                return type.kind() == MediaKind.VIDEO
                        ? poster(recording, wanted, engine)
                        : cover(recording, wanted, engine, artwork);
            }
        } catch (AvFailed e) {
            throw new UnreadableMedia(nameOf(type) + ": " + e.getMessage(), e);
        } catch (Ffmpeg.NotHere e) {
            throw new UnreadableMedia(
                    "no picture can be made from " + type.mimeType() + " here: " + e.getMessage(),
                    e);
        }
    }

    /// A short animation of a video.
    Optional<Loop> animate(MediaFile file, ContentType type, int maxEdge) throws UnreadableMedia {
        if (type.kind() != MediaKind.VIDEO) {
            throw new UnreadableMedia(type.mimeType() + " is no video, and does not move");
        }
        try {
            Ffmpeg.load();
            try (AvFile recording =
                    AvFile.open(file.bytes(), type.mimeType(), limits.maxPixels())) {
                Optional<Animation> made = recording.loop(maxEdge);
                return made.map(one -> new Loop(one.width(), one.height(), one.webp()));
            }
        } catch (AvFailed e) {
            throw new UnreadableMedia(nameOf(type) + ": " + e.getMessage(), e);
        } catch (Ffmpeg.NotHere e) {
            throw new UnreadableMedia(
                    "no loop can be made from " + type.mimeType() + " here: " + e.getMessage(), e);
        }
    }

    private Rendered poster(AvFile recording, RenderRequest wanted, Ffmpeg engine) throws AvFailed {
        AvFacts.Video video = recording.facts().video();
        Still still = recording.poster(Desk.descending(wanted).getFirst().maxEdge());
        Pixels picture = new Pixels(still.width(), still.height(), still.argb());
        return rendered(
                picture.upright(FactSheet.orientation(video == null ? 0 : video.turnedRight())),
                wanted,
                engine,
                List.of());
    }

    private Rendered cover(AvFile recording, RenderRequest wanted, Ffmpeg engine, Artwork artwork)
            throws AvFailed {
        List<String> warnings = new ArrayList<>();
        Optional<byte[]> cover = recording.artwork();
        if (cover.isPresent()) {
            try {
                return drawn(cover.get(), artwork);
            } catch (UnreadableMedia | IOException | RuntimeException e) {
                warnings.add("the cover cannot be shown: " + e.getMessage());
            }
        }
        float[] peaks = recording.peaks(WaveformPicture.PARTS);
        return rendered(WaveformPicture.draw(peaks), wanted, engine, warnings);
    }

    /// By way of a file, so that a cover goes the whole way of a photo that somebody uploaded.
    private static Rendered drawn(byte[] cover, Artwork artwork)
            throws IOException, UnreadableMedia {
        Path file = Files.createTempFile("cover", ".bin");
        try {
            Files.write(file, cover);
            try (MediaFile picture = MediaFile.open(file)) {
                return artwork.draw(picture);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Rendered rendered(
            Pixels largest, RenderRequest wanted, Ffmpeg engine, List<String> warnings) {
        Map<String, Rendition> made = new HashMap<>();
        Pixels picture = largest;
        for (RenderSize size : Desk.descending(wanted)) {
            picture = picture.fitted(size.maxEdge());
            byte[] jpeg = ImageIoEngine.encode(picture.opaque(), wanted.jpegQuality());
            made.put(
                    size.name(),
                    new Rendition(size.name(), picture.width(), picture.height(), jpeg));
        }
        return new Rendered(
                wanted.sizes().stream().map(size -> made.get(size.name())).toList(),
                ThumbHash.of(picture.fitted(100)),
                "FFmpeg " + engine.version(),
                warnings);
    }

    private static String nameOf(ContentType type) {
        return type.kind() == MediaKind.VIDEO
                ? "the video (" + type.mimeType() + ")"
                : "the sound (" + type.mimeType() + ")";
    }
}
