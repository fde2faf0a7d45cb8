package dev.darkroom.embedded;

import java.nio.file.Path;

/// Backends in a JVM of their own, for tests that kill it: says where they answer, then closes them
/// when its input ends.
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        BackendOptions options = BackendOptions.defaults().withCacheFolder(Path.of(arguments[1]));
        long start = System.nanoTime();
        try (Backends backends = Backends.start(folder, options)) {
            PostgresAddress postgres = backends.postgres();
            System.out.println(
                    String.join(
                            " ",
                            "READY",
                            backends.bootstrapServers(),
                            Integer.toString(postgres.port()),
                            postgres.adminPassword(),
                            Long.toString((System.nanoTime() - start) / 1_000_000)));
            while (System.in.read() >= 0) {
                // Runs until whoever started us closes our input.
            }
        }
        System.out.println("CLOSED");
    }
}
