package dev.darkroom.media.child.jpeg;

/// Samples of one colour channel, 0 to 255, row by row.
///
/// @param stride from one row to the next; what fills it up means nothing
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
record Plane(int width, int height, int stride, byte[] samples) {

    Plane(int width, int height) {
        this(width, height, Lanes.padded(width), new byte[Lanes.padded(width) * height]);
    }

    int at(int x, int y) {
        return samples[y * stride + x] & 0xff;
    }

    /// The same plane made smaller.
    Plane resized(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Plane target = new Plane(newWidth, newHeight);
        Shrink shrink = new Shrink(new Shrink.Source(width, height, 1, stride), target, 1);
        for (int y = 0; y < height; y++) {
            int row = shrink.reserve();
            Lanes.widen(samples, y * stride, 0, shrink.rows(), row, stride);
            shrink.filled();
        }
        return target;
    }

    /// Mirrored first, then turned to the right by quarters.
    Plane turned(boolean mirrored, int quarters) {
        if (!mirrored && quarters == 0) {
            return this;
        }
        boolean sideways = quarters % 2 == 1;
        Plane target = sideways ? new Plane(height, width) : new Plane(width, height);
        boolean leftToRight = mirrored != (quarters >= 2);
        boolean topToBottom = quarters == 1 || quarters == 2;
        for (int tileY = 0; tileY < height; tileY += Lanes.WIDTH) {
            for (int x = 0; x < width; x++) {
                int tx = leftToRight ? width - 1 - x : x;
                for (int y = tileY; y < Math.min(height, tileY + Lanes.WIDTH); y++) {
                    int ty = topToBottom ? height - 1 - y : y;
                    target.samples[sideways ? tx * target.stride + ty : ty * target.stride + tx] =
                            samples[y * stride + x];
                }
            }
        }
        return target;
    }
}
