package dev.darkroom.media;

/// The formats that renditions are written in.
public enum PictureFormat {
    JPEG("image/jpeg", "jpg", 80),
    WEBP("image/webp", "webp", 80),
    /// Its scale of quality is another one: 55 looks like a JPEG of 80.
    AVIF("image/avif", "avif", 55);

    private final String mimeType;
    private final String extension;
    private final int defaultQuality;

    PictureFormat(String mimeType, String extension, int defaultQuality) {
        this.mimeType = mimeType;
        this.extension = extension;
        this.defaultQuality = defaultQuality;
    }

    public String mimeType() {
        return mimeType;
    }

    /// What its files are called after the dot.
    public String extension() {
        return extension;
    }

    int defaultQuality() {
        return defaultQuality;
    }
}
