package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which major versions of PostgreSQL will do: from 15 on, or the one that made the data.
///
/// @param exactly the one that will do; 0 when any supported one will
record MajorVersion(int exactly) {

    static final int OLDEST = 15;

    /// A data folder can be opened only by the major version that made it.
    static MajorVersion of(Path dataFolder) {
        Path file = dataFolder.resolve("PG_VERSION");
        try {
            return new MajorVersion(
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read " + file, e);
        }
    }

    boolean accepts(int major) {
        return exactly == 0 ? major >= OLDEST : major == exactly;
    }

    @Override
    public String toString() {
        return exactly == 0 ? OLDEST + " or newer" : exactly + " (which made the data)";
    }
}
