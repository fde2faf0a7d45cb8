package dev.darkroom.media.child.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/// One open video or sound file. One at a time, used by one thread.
///
/// It is read out of memory with the one reader that its type has. No other reader, no protocol and
/// no other file can be reached from inside it.
public final class AvFile implements AutoCloseable {

    private static final int MOST_TRACKS = 200;
    private static final int MOST_ARTWORK = 32 * 1024 * 1024;
    private static final int MOST_TAGS = 200;
    private static final int MICROSECOND = 1_000_000;

    private final AVIOContext io;
    private final AVFormatContext format;
    private final long maxPixels;
    private final @Nullable AVStream video;
    private final @Nullable AVStream audio;

    private AvFile(AVIOContext io, AVFormatContext format, long maxPixels) {
        this.io = io;
        this.format = format;
        this.maxPixels = maxPixels;
        this.video = best(avutil.AVMEDIA_TYPE_VIDEO);
        this.audio = best(avutil.AVMEDIA_TYPE_AUDIO);
    }

    /// Whether there is a reader for files of this type.
    public static boolean reads(String mimeType) {
        return mimeTypes().contains(mimeType);
    }

    /// The types that there is a reader for.
    public static Set<String> mimeTypes() {
        return Formats.mimeTypes();
    }

    /// Reads the headers.
    ///
    /// @param bytes the whole file
    /// @param maxPixels width times height above which nothing is decoded
    /// @throws AvFailed when it is not what its type says
    public static AvFile open(MemorySegment bytes, String mimeType, long maxPixels)
            throws AvFailed {
        boolean newMusepack = bytes.byteSize() > 4 && bytes.get(ValueLayout.JAVA_BYTE, 3) == 'K';
        String name = Formats.reader(mimeType, newMusepack);
        AVInputFormat reader = name == null ? null : avformat.av_find_input_format(name);
        if (name == null || reader == null || reader.isNull()) {
            throw new AvFailed("there is no reader for " + mimeType);
        }
        AVIOContext io =
                Source.open(bytes, name.equals("asf") ? Gap.behindAsfHeader(bytes) : Gap.NONE);
        AVFormatContext format = avformat.avformat_alloc_context();
        format.pb(io);
        AVDictionary options = options(name);
        try {
            // On failure FFmpeg frees the context itself.
            AvFailed.check(
                    avformat.avformat_open_input(format, "", reader, options),
                    "the container is corrupt");
            try {
                AvFailed.check(
                        avformat.avformat_find_stream_info(format, (AVDictionary) null),
                        "the tracks are corrupt");
                return new AvFile(io, format, maxPixels);
            } catch (AvFailed e) {
                avformat.avformat_close_input(format);
                throw e;
            }
        } catch (AvFailed e) {
            Source.close(io);
            throw e;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private static AVDictionary options(String reader) {
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "format_whitelist", reader, 0);
        avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
        avutil.av_dict_set(options, "codec_whitelist", Formats.DECODERS, 0);
        avutil.av_dict_set(options, "max_streams", Integer.toString(MOST_TRACKS), 0);
        avutil.av_dict_set(options, "analyzeduration", Integer.toString(3 * MICROSECOND), 0);
        return options;
    }

    private @Nullable AVStream best(int kind) {
        int index = avformat.av_find_best_stream(format, kind, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            return null;
        }
        AVStream stream = format.streams(index);
        return isArtwork(stream) ? null : stream;
    }

    private static boolean isArtwork(AVStream stream) {
        return (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    }

    /// What the headers say.
    public AvFacts facts() {
        long duration = format.duration();
        Map<String, String> tags = new HashMap<>();
        if (audio != null) {
            collect(audio.metadata(), tags);
        }
        collect(format.metadata(), tags);
        return new AvFacts(
                duration == avutil.AV_NOPTS_VALUE || duration <= 0
                        ? null
                        : (double) duration / MICROSECOND,
                positive(format.bit_rate()),
                video == null ? null : describeVideo(video),
                audio == null ? null : describeAudio(audio),
                tags,
                artworkStream() != null);
    }

    private AvFacts.Video describeVideo(AVStream stream) {
        AVCodecParameters track = stream.codecpar();
        return new AvFacts.Video(
                avcodec.avcodec_get_name(track.codec_id()).getString(),
                track.width(),
                track.height(),
                turnedRight(track),
                pixelAspect(stream),
                ratio(stream.avg_frame_rate()));
    }

    private static AvFacts.Audio describeAudio(AVStream stream) {
        AVCodecParameters track = stream.codecpar();
        return new AvFacts.Audio(
                avcodec.avcodec_get_name(track.codec_id()).getString(),
                track.ch_layout().nb_channels(),
                track.sample_rate(),
                positive(track.bit_rate()));
    }

    private static int turnedRight(AVCodecParameters track) {
        AVPacketSideData matrix =
                avcodec.av_packet_side_data_get(
                        track.coded_side_data(),
                        track.nb_coded_side_data(),
                        avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull() || matrix.size() < 9 * Integer.BYTES) {
            return 0;
        }
        double left = avutil.av_display_rotation_get(new IntPointer(matrix.data()));
        return Double.isNaN(left) ? 0 : (int) Math.floorMod(Math.round(-left / 90) * 90, 360L);
    }

    private static double pixelAspect(AVStream stream) {
        Double own = ratio(stream.sample_aspect_ratio());
        Double aspect = own == null ? ratio(stream.codecpar().sample_aspect_ratio()) : own;
        return aspect == null || aspect < 0.1 || aspect > 10 ? 1 : aspect;
    }

    private static @Nullable Double ratio(AVRational rational) {
        return rational.num() > 0 && rational.den() > 0
                ? (double) rational.num() / rational.den()
                : null;
    }

    private static @Nullable Long positive(long value) {
        return value > 0 ? value : null;
    }

    private static void collect(@Nullable AVDictionary dictionary, Map<String, String> tags) {
        AVDictionaryEntry entry = null;
        while (dictionary != null && tags.size() < MOST_TAGS) {
            entry = avutil.av_dict_iterate(dictionary, entry);
            if (entry == null || entry.isNull()) {
                return;
            }
            String key = entry.key().getString(StandardCharsets.UTF_8);
            String value = entry.value().getString(StandardCharsets.UTF_8);
            tags.putIfAbsent(key.toLowerCase(Locale.ROOT), value);
        }
    }

    /// The cover, as the picture file it is.
    public Optional<byte[]> artwork() {
        AVStream stream = artworkStream();
        if (stream == null) {
            return Optional.empty();
        }
        AVPacket picture = stream.attached_pic();
        if (picture.size() <= 0 || picture.size() > MOST_ARTWORK) {
            return Optional.empty();
        }
        byte[] bytes = new byte[picture.size()];
        picture.data().get(bytes);
        return Optional.of(bytes);
    }

    /// The front cover, or else the first picture.
    private @Nullable AVStream artworkStream() {
        AVStream first = null;
        for (int i = 0; i < format.nb_streams(); i++) {
            AVStream stream = format.streams(i);
            if (isArtwork(stream)) {
                Map<String, String> tags = new HashMap<>();
                collect(stream.metadata(), tags);
                if (tags.getOrDefault("comment", "").equalsIgnoreCase("Cover (front)")) {
                    return stream;
                }
                first = first == null ? stream : first;
            }
        }
        return first;
    }

    /// The picture that stands for a video: at one second, or the first that is not black.
    ///
    /// @throws AvFailed when not one frame can be decoded
    public Still poster(int maxEdge) throws AvFailed {
        return new Poster(format, videoTrack(), maxPixels, maxEdge).draw(facts().durationSeconds());
    }

    /// A few seconds or moments of a video as an animated WebP; empty when it holds one frame only.
    public Optional<Animation> loop(int maxEdge) throws AvFailed {
        AVStream track = videoTrack();
        return new LoopMaker(format, track, maxPixels, maxEdge, turnedRight(track.codecpar()))
                .make(facts().durationSeconds());
    }

    /// The loudest sample of each of so many equal parts, 0 to 1.
    ///
    /// @throws AvFailed when nothing can be decoded
    public float[] peaks(int parts) throws AvFailed {
        AVStream track = audio;
        if (track == null) {
            throw new AvFailed("it holds no sound that can be played");
        }
        try (Peaks peaks = new Peaks(format, track, parts)) {
            return peaks.of(facts().durationSeconds());
        }
    }

    private AVStream videoTrack() throws AvFailed {
        AVStream track = video;
        if (track == null) {
            throw new AvFailed("it holds no moving picture that can be played");
        }
        long pixels = (long) track.codecpar().width() * track.codecpar().height();
        if (pixels > maxPixels) {
            throw new AvFailed(
                    track.codecpar().width()
                            + " x "
                            + track.codecpar().height()
                            + " pixels is more than the limit of "
                            + maxPixels / 1_000_000
                            + " million; raise darkroom.media.max-pixels");
        }
        return track;
    }

    static double pixelAspectOf(AVStream stream) {
        return pixelAspect(stream);
    }

    @Override
    public void close() {
        avformat.avformat_close_input(format);
        Source.close(io);
    }
}
