package dev.darkroom.media.child;

import dev.darkroom.media.PictureFormat;
import java.util.EnumSet;
import java.util.Set;

/// Writes JPEG, WebP and AVIF with libvips, as far as this build of it can.
final class VipsEncoder implements Encoder {

    private final VipsPicture.Library library;
    private final Set<PictureFormat> formats = EnumSet.of(PictureFormat.JPEG);

    VipsEncoder(VipsPicture.Library library) {
        this.library = library;
        // Which codecs libheif has is known only to who tries.
        Pixels tiny = new Pixels(16, 16, new int[256]);
        for (PictureFormat format : EnumSet.of(PictureFormat.WEBP, PictureFormat.AVIF)) {
            try {
                encode(tiny, format, 50);
                formats.add(format);
            } catch (Vips.Failed e) {
                library.vips().forgetErrors();
            }
        }
    }

    @Override
    public Set<PictureFormat> formats() {
        return formats;
    }

    @Override
    public byte[] encode(Pixels picture, PictureFormat format, int quality) {
        try (VipsPicture image = library.of(picture)) {
            return encode(image, format, quality);
        }
    }

    byte[] encode(VipsPicture picture, PictureFormat format, int quality) {
        return switch (format) {
            case JPEG -> picture.jpeg(quality);
            case WEBP -> picture.webp(quality);
            case AVIF -> picture.avif(quality);
        };
    }
}
