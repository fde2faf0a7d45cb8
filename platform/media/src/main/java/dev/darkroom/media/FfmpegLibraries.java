package dev.darkroom.media;

import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lays FFmpeg's libraries where the children can load them: once per machine, out of our own jars.
///
/// A child never unpacks anything, because it need not be able to write. Only what is loaded comes
/// out: the `ffmpeg` command and its devices would need libraries that a bare machine does not
/// have.
final class FfmpegLibraries {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegLibraries.class);

    private static final String FFMPEG = "/org/bytedeco/ffmpeg/linux-x86_64/";
    private static final String JAVACPP = "/org/bytedeco/javacpp/linux-x86_64/";
    private static final String ABOUT = "/META-INF/maven/org.bytedeco/ffmpeg/pom.properties";

    private static final List<String> FILES =
            List.of(
                    FFMPEG + "libdrm.so.2",
                    FFMPEG + "libva.so.2",
                    FFMPEG + "libva-drm.so.2",
                    FFMPEG + "libavutil.so.60",
                    FFMPEG + "libswresample.so.6",
                    FFMPEG + "libswscale.so.9",
                    FFMPEG + "libavcodec.so.62",
                    FFMPEG + "libavformat.so.62",
                    FFMPEG + "libjniavutil.so",
                    FFMPEG + "libjniswresample.so",
                    FFMPEG + "libjniswscale.so",
                    FFMPEG + "libjniavcodec.so",
                    FFMPEG + "libjniavformat.so",
                    JAVACPP + "libjnijavacpp.so");

    private static @Nullable String option;

    private FfmpegLibraries() {}

    /// What tells a child where the libraries are, or why it gets none.
    static synchronized String option(boolean allowed) {
        if (!allowed) {
            return missing("native decoders are switched off (darkroom.media.native-decoders)");
        }
        if (option == null) {
            option = find();
        }
        return option;
    }

    private static String find() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            return missing("FFmpeg comes with Darkroom for Linux amd64 only, this is " + system);
        }
        try {
            return "-D" + Ffmpeg.FOLDER + "=" + unpacked("ffmpeg-" + version());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("FFmpeg's libraries could not be unpacked");
            return missing("FFmpeg's libraries could not be unpacked: " + e);
        }
    }

    /// In the cache where there is one, else anew for this process and as long as it lives.
    private static Path unpacked(String name) throws IOException {
        Path cached = CacheFolder.path().resolve(name);
        if (Files.isDirectory(cached)) {
            return cached;
        }
        try {
            return moved(fresh(Files.createDirectories(CacheFolder.path()), name), cached);
        } catch (FileSystemException e) {
            Path own = fresh(Path.of(System.getProperty("java.io.tmpdir")), name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(own)));
            return own;
        }
    }

    private static String missing(String reason) {
        return "-D" + Ffmpeg.MISSING + "=" + reason;
    }

    private static String version() throws IOException {
        Properties about = new Properties();
        try (InputStream in = open(ABOUT)) {
            about.load(in);
        }
        return about.getProperty("version", "unknown");
    }

    private static Path fresh(Path parent, String name) throws IOException {
        Path folder = Files.createTempDirectory(parent, name + ".");
        try {
            for (String file : FILES) {
                try (InputStream in = open(file)) {
                    Files.copy(in, folder.resolve(file.substring(file.lastIndexOf('/') + 1)));
                }
            }
            // Children may be somebody else.
            if (!folder.toFile().setReadable(true, false)
                    || !folder.toFile().setExecutable(true, false)) {
                throw new IOException("others cannot be let into " + folder);
            }
            return folder;
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    private static Path moved(Path fresh, Path folder) throws IOException {
        try {
            return Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(fresh);
            if (Files.isDirectory(folder)) { // another process was first
                return folder;
            }
            throw e;
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = FfmpegLibraries.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the class path has no " + name);
        }
        return in;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("A folder was left behind");
        }
    }
}
