package dev.darkroom.inference.depth;

import java.util.Locale;

/// The files a depth map can be written as.
public enum DepthFormat {
    /// 16-bit grey PNG from the smallest value to the largest; looks like something in any viewer.
    PNG("png", "image/png"),
    /// NumPy: the exact numbers.
    NPY("npy", "application/x-npy"),
    /// Little-endian floats and nothing else; how many is in the JSON beside it.
    RAW("raw", "application/octet-stream"),
    /// OpenEXR: the exact numbers, in one channel called Y, which viewers show.
    EXR("exr", "image/x-exr");

    private final String extension;
    private final String contentType;

    DepthFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /// Reads a setting.
    public static DepthFormat of(String text) {
        for (DepthFormat format : values()) {
            if (format.extension.equals(text.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "a depth map's format must be png, npy, raw or exr: " + text);
    }
}
