package dev.darkroom.library.depth;

import java.util.Locale;

/// The files that a depth map can be had as.
public enum DepthFormat {
    /// 16-bit grey, from the smallest value to the largest.
    PNG("image/png"),
    /// NumPy.
    NPY("application/x-npy"),
    /// Little-endian floats, row after row.
    RAW("application/octet-stream"),
    /// OpenEXR, one channel.
    EXR("image/x-exr");

    private final String mimeType;

    DepthFormat(String mimeType) {
        this.mimeType = mimeType;
    }

    /// Reads a parameter.
    public static DepthFormat of(String text) {
        for (DepthFormat format : values()) {
            if (format.wireName().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("a depth map is png, npy, raw or exr: " + text);
    }

    String mimeType() {
        return mimeType;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
