package dev.darkroom.inference;

import dev.darkroom.inference.runtime.NativeLibraries;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;

/// Opens [Models] for tests: one folder of native libraries for all of them.
public final class ModelsTesting {
    private static final Path NATIVE = Path.of("target", "native");

    private ModelsTesting() {}

    public static Models open(Path cache) {
        return open(InferenceOptions.in(cache));
    }

    public static Models open(InferenceOptions options) {
        return open(options, HttpClient.newHttpClient());
    }

    public static Models open(InferenceOptions options, HttpClient client) {
        NativeLibraries.unpackInto(NATIVE.toAbsolutePath());
        return Models.open(options, client);
    }

    public static Models impatient(Path cache, Duration deadline) {
        return open(InferenceOptions.in(cache).withDeadline(deadline));
    }
}
