package dev.darkroom.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.darkroom.inference.ModelUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/// The libraries in C that do the work, unpacked once into the cache instead of into a new
/// temporary folder for each process: ONNX Runtime leaves 28 MB there whenever one is killed.
///
/// Both libraries read where they are from properties of the whole JVM; what an operator has set
/// stays as it is. Nothing is downloaded and nobody is called home.
public final class NativeLibraries {
    private static final String ONNX_PATH = "onnxruntime.native.path";

    private NativeLibraries() {}

    /// Before the first class of ONNX Runtime or of the tokenizer is initialised.
    public static synchronized void unpackInto(Path folder) {
        Telemetry.switchOff();
        quietTokenizer(folder.resolve("djl"));
        if (System.getProperty(ONNX_PATH) != null) {
            return;
        }
        String version =
                Objects.requireNonNullElse(
                        OrtEnvironment.class.getPackage().getImplementationVersion(), "unknown");
        String platform = platform();
        Path home = folder.resolve("onnxruntime-" + version + "-" + platform);
        try {
            Files.createDirectories(folder);
            for (String name : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
                unpack(platform, System.mapLibraryName(name), home);
            }
        } catch (IOException e) {
            throw new ModelUnavailable(
                    "ONNX Runtime cannot be unpacked into " + home + ": " + e.getMessage(), e);
        }
        System.setProperty(ONNX_PATH, home.toString());
    }

    private static void unpack(String platform, String library, Path home) throws IOException {
        String resource = "/ai/onnxruntime/native/" + platform + "/" + library;
        try (InputStream packed = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new ModelUnavailable(
                        "ONNX Runtime has no library for this machine ("
                                + platform
                                + "): it runs on Linux (glibc 2.28 or newer, x64 and aarch64),"
                                + " macOS on Apple silicon and Windows x64");
            }
            Path target = home.resolve(library);
            long size =
                    OrtEnvironment.class
                            .getResource(resource)
                            .openConnection()
                            .getContentLengthLong();
            if (isWhole(target, size)) {
                return;
            }
            Files.createDirectories(home);
            Path part = home.resolve(library + "." + UUID.randomUUID() + ".part");
            try {
                Files.copy(packed, part);
                if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(
                            part, PosixFilePermissions.fromString("rwxr-x---"));
                }
                Files.move(
                        part,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isWhole(Path file, long size) throws IOException {
        try {
            return Files.size(file) == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// As the jar of ONNX Runtime names it.
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String family = system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux";
        String processor = System.getProperty("os.arch");
        return family + (processor.equals("aarch64") ? "-aarch64" : "-x64");
    }

    /// DJL would fetch a CUDA build where it sees CUDA, keep its library in the home folder, and
    /// tell its makers that it was started on EC2.
    private static void quietTokenizer(Path cache) {
        setIfAbsent("RUST_FLAVOR", "cpu");
        setIfAbsent("DJL_CACHE_DIR", cache.toString());
        setIfAbsent("ENGINE_CACHE_DIR", cache.toString());
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("ai.djl.offline", "true");
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null && System.getenv(name) == null) {
            System.setProperty(name, value);
        }
    }
}
