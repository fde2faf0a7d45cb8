package dev.darkroom.media.child;

import java.awt.image.BufferedImage;

/// A small picture in memory: sRGB, 8 bits, not premultiplied, one int per pixel as alpha, red,
/// green, blue.
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
record Pixels(int width, int height, int[] argb) {

    Pixels {
        if (argb.length != width * height) {
            throw new IllegalArgumentException(
                    width + " x " + height + " pixels in " + argb.length + " ints");
        }
    }

    /// Turned and mirrored so that a person sees it the right way up.
    Pixels upright(int orientation) {
        int turns = Orientation.quarterTurns(orientation);
        boolean mirror = Orientation.isMirrored(orientation);
        if (turns == 0 && !mirror) {
            return this;
        }
        boolean sideways = turns % 2 == 1;
        int newWidth = sideways ? height : width;
        int newHeight = sideways ? width : height;
        int[] target = new int[argb.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int mx = mirror ? width - 1 - x : x;
                int at =
                        switch (turns) {
                            case 0 -> mx + y * newWidth;
                            case 1 -> height - 1 - y + mx * newWidth;
                            case 2 -> width - 1 - mx + (height - 1 - y) * newWidth;
                            default -> y + (width - 1 - mx) * newWidth;
                        };
                target[at] = argb[x + y * width];
            }
        }
        return new Pixels(newWidth, newHeight, target);
    }

    /// Laid over white, three bytes for each pixel.
    byte[] rgb() {
        int[] opaque = opaque().getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[3 * opaque.length];
        for (int i = 0; i < opaque.length; i++) {
            rgb[3 * i] = (byte) (opaque[i] >> 16);
            rgb[3 * i + 1] = (byte) (opaque[i] >> 8);
            rgb[3 * i + 2] = (byte) opaque[i];
        }
        return rgb;
    }

    /// Laid over white, as JPEG knows no transparency.
    BufferedImage opaque() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] rgb = new int[argb.length];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = argb[i];
            int alpha = pixel >>> 24;
            rgb[i] =
                    alpha == 255
                            ? pixel
                            : over(pixel >> 16 & 0xff, alpha) << 16
                                    | over(pixel >> 8 & 0xff, alpha) << 8
                                    | over(pixel & 0xff, alpha);
        }
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    private static int over(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /// The size that fits into a square without enlarging.
    static int[] fit(int width, int height, int maxEdge) {
        int longer = Math.max(width, height);
        if (longer <= maxEdge) {
            return new int[] {width, height};
        }
        double scale = (double) maxEdge / longer;
        return new int[] {
            (int) Math.max(1, Math.round(width * scale)),
            (int) Math.max(1, Math.round(height * scale))
        };
    }

    Pixels fitted(int maxEdge) {
        int[] size = fit(width, height, maxEdge);
        return size[0] == width && size[1] == height ? this : Resample.to(this, size[0], size[1]);
    }
}
