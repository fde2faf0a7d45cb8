package dev.darkroom.media.child.ffmpeg;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/// FFmpeg's libraries in this process.
///
/// The parent has unpacked them and says where; a child never unpacks anything. Libraries rather
/// than the `ffmpeg` command: see `docs/decisions/0014-video-and-sound.md`.
public final class Ffmpeg {

    /// The folder with the libraries, as a system property of the child.
    public static final String FOLDER = "darkroom.media.ffmpeg";

    /// Why there are none, as a system property of the child.
    public static final String MISSING = "darkroom.media.ffmpeg.missing";

    /// One allocation, so that a header cannot ask for all of the memory.
    private static final long MOST_AT_ONCE = 512L * 1024 * 1024;

    private static @Nullable Ffmpeg loaded;

    private final String version;

    private Ffmpeg(String version) {
        this.version = version;
    }

    /// There are no libraries here; the message says why.
    public static final class NotHere extends Exception {
        private static final long serialVersionUID = 1L;

        NotHere(String message) {
            super(message);
        }

        NotHere(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// Why they cannot be loaded, or null when they were laid out.
    public static @Nullable String obstacle() {
        return System.getProperty(FOLDER) == null
                ? System.getProperty(MISSING, "FFmpeg's libraries were not unpacked")
                : null;
    }

    /// Loads them, which takes a third of a second the first time.
    public static synchronized Ffmpeg load() throws NotHere {
        if (loaded == null) {
            loaded = fresh();
        }
        return loaded;
    }

    private static Ffmpeg fresh() throws NotHere {
        String folder = System.getProperty(FOLDER);
        if (folder == null) {
            throw new NotHere(String.valueOf(obstacle()));
        }
        System.setProperty("java.library.path", folder);
        System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
        System.setProperty("org.bytedeco.javacpp.cachedir", System.getProperty("java.io.tmpdir"));
        // Everything native is freed by hand; a collector's thread would only free it twice.
        System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        try {
            Loader.load(avutil.class);
            Loader.load(swresample.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            avutil.av_max_alloc(MOST_AT_ONCE);
            return new Ffmpeg(avutil.av_version_info().getString());
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            throw new NotHere("the FFmpeg libraries in " + folder + " do not load: " + e, e);
        }
    }

    /// As people report it in a bug.
    public String version() {
        return version;
    }
}
