package dev.darkroom.media;

/// FFmpeg in the tests' own JVM, for tests that make recordings or read them without a child.
public final class TestLibraries {
    private TestLibraries() {}

    /// Unpacks the libraries as the pool does, and says where they are as it does.
    public static void provide() {
        String[] option = FfmpegLibraries.option(true).substring("-D".length()).split("=", 2);
        System.setProperty(option[0], option[1]);
    }
}
