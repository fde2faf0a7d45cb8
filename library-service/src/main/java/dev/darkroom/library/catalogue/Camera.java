package dev.darkroom.library.catalogue;

import org.jspecify.annotations.Nullable;

/// What the file says about the camera that took it.
public record Camera(@Nullable String make, @Nullable String model) {
    static @Nullable Camera of(@Nullable String make, @Nullable String model) {
        return make == null && model == null ? null : new Camera(make, model);
    }
}
