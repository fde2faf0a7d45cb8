package dev.darkroom.embedded;

import java.nio.file.Path;

/// Another set of backends already runs on the data folder.
public final class DataFolderInUse extends RuntimeException {

    DataFolderInUse(Path folder, String owner) {
        super(
                "the data folder "
                        + folder
                        + " is in use by process "
                        + owner
                        + ": stop that process first, or choose another folder");
    }
}
