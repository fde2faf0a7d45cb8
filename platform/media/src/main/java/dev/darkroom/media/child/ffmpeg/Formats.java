package dev.darkroom.media.child.ffmpeg;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What FFmpeg may be used for: one container reader for each type that we recognised ourselves,
/// and decoders by name.
///
/// Nothing is guessed from content, so a playlist that calls itself a video reaches no playlist
/// reader.
final class Formats {

    private static final Map<String, String> READERS =
            Map.ofEntries(
                    Map.entry("video/mp4", "mov"),
                    Map.entry("video/quicktime", "mov"),
                    Map.entry("video/3gpp", "mov"),
                    Map.entry("audio/mp4", "mov"),
                    Map.entry("video/x-matroska", "matroska"),
                    Map.entry("video/webm", "matroska"),
                    Map.entry("video/x-msvideo", "avi"),
                    Map.entry("video/x-flv", "flv"),
                    Map.entry("video/x-ms-wmv", "asf"),
                    Map.entry("video/ogg", "ogg"),
                    Map.entry("video/mpeg", "mpeg"),
                    Map.entry("video/mp2t", "mpegts"),
                    Map.entry("audio/mpeg", "mp3"),
                    Map.entry("audio/aac", "aac"),
                    Map.entry("audio/flac", "flac"),
                    Map.entry("audio/ogg", "ogg"),
                    Map.entry("audio/opus", "ogg"),
                    Map.entry("audio/wav", "wav"),
                    Map.entry("audio/aiff", "aiff"),
                    Map.entry("audio/x-ms-wma", "asf"),
                    Map.entry("audio/amr", "amr"),
                    Map.entry("audio/x-ape", "ape"),
                    Map.entry("audio/x-wavpack", "wv"),
                    Map.entry("audio/x-dsf", "dsf"));

    /// Every decoder that may be opened; whatever else a file asks for is told as missing.
    static final String DECODERS =
            String.join(
                    ",",
                    "h264,hevc,libaom-av1,av1,vp8,vp9,mpeg4,mpeg1video,mpeg2video,h263,mjpeg,theora,prores,dvvideo",
                    "wmv1,wmv2,wmv3,vc1,msmpeg4v1,msmpeg4v2,msmpeg4,flv,cinepak,svq1,svq3,rawvideo",
                    "aac,mp3float,mp3,mp2float,mp2,flac,alac,vorbis,opus,libopus,ac3,eac3,wmav1,wmav2,wmapro,wmalossless",
                    "ape,wavpack,mpc7,mpc8,amrnb,libopencore_amrnb,amrwb,libopencore_amrwb,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms",
                    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be",
                    "pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar");

    private static final String MUSEPACK = "audio/x-musepack";

    private Formats() {}

    static Set<String> mimeTypes() {
        Set<String> types = new TreeSet<>(READERS.keySet());
        types.add(MUSEPACK);
        return types;
    }

    /// The reader for a type, or null where there is none.
    static @Nullable String reader(String mimeType, boolean newMusepack) {
        if (mimeType.equals(MUSEPACK)) {
            return newMusepack ? "mpc8" : "mpc";
        }
        return READERS.get(mimeType);
    }
}
