package dev.darkroom.media.child;

import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.ffmpeg.Animation;
import dev.darkroom.media.child.ffmpeg.AvFacts;
import dev.darkroom.media.child.ffmpeg.AvFailed;
import dev.darkroom.media.child.ffmpeg.AvFile;
import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import dev.darkroom.media.child.ffmpeg.Still;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Video and sound: what they say of themselves, and the pictures that stand for them.
///
/// FFmpeg is loaded with the first of them, so that a child which only ever meets photos does
/// without.
final class Recordings {

    private static final Instant CLOCK_NOT_SET = Instant.parse("1970-01-02T00:00:00Z");

    private static final Set<String> QUICKTIME =
            Set.of("video/mp4", "video/quicktime", "video/3gpp", "audio/mp4");

    private final Request.Hello limits;
    private final Engines engines;

    Recordings(Request.Hello limits, Engines engines) {
        this.limits = limits;
        this.engines = engines;
    }

    /// Draws a picture file that was found inside of another file.
    @FunctionalInterface
    interface Artwork {
        Rendered draw(MediaFile picture) throws IOException, UnreadableMedia;
    }

    /// Adds what the tracks say. What cannot be read is a warning: the file is kept anyway.
    static void describe(MediaFile file, FactSheet sheet, Request.Hello limits) {
        String type = sheet.type().mimeType();
        if (!AvFile.reads(type)) {
            sheet.warn("the tracks were not read: there is no reader for " + type);
            return;
        }
        try {
            Ffmpeg.load();
            try (AvFile recording = open(file, type, limits)) {
                describe(recording.facts(), sheet, limits);
            }
        } catch (AvFailed e) {
            sheet.warn("the tracks could not be read: " + e.getMessage());
        } catch (Ffmpeg.NotHere e) {
            if (type.equals("video/x-matroska") || type.equals("video/webm")) {
                Matroska.describe(file, sheet);
            }
            sheet.warn("the tracks were not read: " + e.getMessage());
        }
    }

    /// FFmpeg's reader of QuickTime reads pictures in HEIF too, and does not survive damaged ones.
    private static AvFile open(MediaFile file, String type, Request.Hello limits) throws AvFailed {
        if (QUICKTIME.contains(type)) {
            List<IsoBoxes.Box> boxes = IsoBoxes.of(file);
            if (boxes.stream().noneMatch(box -> box.type().equals("moov"))) {
                throw new AvFailed(
                        "it has no list of its tracks (moov box), as when a recording or a transfer"
                                + " was cut off");
            }
            boolean pictures =
                    boxes.stream()
                            .filter(box -> box.type().equals("meta"))
                            .flatMap(meta -> IsoBoxes.within(file, meta, 4).stream())
                            .anyMatch(box -> box.type().equals("iloc"));
            if (pictures) {
                throw new AvFailed("it holds pictures as HEIF does beside its tracks");
            }
        }
        return AvFile.open(file.bytes(), type, limits.maxPixels());
    }

    private static void describe(AvFacts found, FactSheet sheet, Request.Hello limits) {
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
            try (AvFile recording = open(file, type.mimeType(), limits)) {
                return type.kind() == MediaKind.VIDEO
                        ? poster(recording, wanted, engine)
                        : cover(recording, wanted, engine, artwork);
            }
        } catch (AvFailed e) {
            throw new UnreadableMedia(nameOf(type) + ": " + e.getMessage(), e);
        } catch (Ffmpeg.NotHere e) {
            throw new MissingDecoder(
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
            try (AvFile recording = open(file, type.mimeType(), limits)) {
                Optional<Animation> made = recording.loop(maxEdge);
                return made.map(one -> new Loop(one.width(), one.height(), one.webp()));
            }
        } catch (AvFailed e) {
            throw new UnreadableMedia(nameOf(type) + ": " + e.getMessage(), e);
        } catch (Ffmpeg.NotHere e) {
            throw new MissingDecoder(
                    "no loop can be made from " + type.mimeType() + " here: " + e.getMessage(), e);
        }
    }

    private Rendered poster(AvFile recording, RenderRequest wanted, Ffmpeg engine)
            throws AvFailed, UnreadableMedia {
        AvFacts.Video video = recording.facts().video();
        int width = video == null ? 0 : video.width();
        int height = video == null ? 0 : video.height();
        Still still = recording.poster(Fitting.of(wanted, width, height).getFirst().reach());
        Pixels picture = new Pixels(still.width(), still.height(), still.argb());
        return drawn(
                picture.upright(FactSheet.orientation(video == null ? 0 : video.turnedRight())),
                wanted,
                engine,
                List.of());
    }

    private Rendered cover(AvFile recording, RenderRequest wanted, Ffmpeg engine, Artwork artwork)
            throws AvFailed, UnreadableMedia {
        List<String> warnings = new ArrayList<>();
        Optional<byte[]> cover = recording.artwork();
        if (cover.isPresent()) {
            try (MediaFile picture = MediaFile.of(cover.get())) {
                return artwork.draw(picture);
            } catch (UnreadableMedia | IOException | RuntimeException e) {
                warnings.add("the cover cannot be shown: " + e.getMessage());
            }
        }
        float[] peaks = recording.peaks(WaveformPicture.PARTS);
        return drawn(WaveformPicture.draw(peaks), wanted, engine, warnings);
    }

    private Rendered drawn(
            Pixels picture, RenderRequest wanted, Ffmpeg engine, List<String> warnings)
            throws UnreadableMedia {
        return engines.ofPixels(picture, wanted, "FFmpeg " + engine.version(), warnings);
    }

    private static String nameOf(ContentType type) {
        return type.kind() == MediaKind.VIDEO
                ? "the video (" + type.mimeType() + ")"
                : "the sound (" + type.mimeType() + ")";
    }
}
