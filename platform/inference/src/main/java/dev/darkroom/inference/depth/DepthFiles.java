package dev.darkroom.inference.depth;

import dev.darkroom.inference.Sha256;
import dev.darkroom.inference.runtime.Npy;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/// Writes depth maps.
public final class DepthFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PNG_LEVELS = 65_535;

    private DepthFiles() {}

    public static DepthFile write(DepthMap map, DepthFormat format) {
        Map<String, Object> parameters = new LinkedHashMap<>(map.parameters());
        byte[] bytes =
                switch (format) {
                    case PNG -> {
                        parameters.put("value", "min + grey / 65535 * (max - min)");
                        yield png(map);
                    }
                    case NPY -> npy(map);
                    case RAW -> {
                        parameters.put("type", "float32, little-endian, row after row");
                        yield floats(map);
                    }
                    case EXR -> Exr.write(map);
                };
        Optional<String> sidecar =
                format == DepthFormat.RAW
                        ? Optional.of(JSON.writeValueAsString(parameters))
                        : Optional.empty();
        return new DepthFile(format, bytes, Sha256.of(bytes), sidecar, parameters);
    }

    /// A map that is equally near everywhere is black.
    private static byte[] png(DepthMap map) {
        BufferedImage image =
                new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_USHORT_GRAY);
        short[] greys = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        double range = (double) map.max() - map.min();
        for (int i = 0; i < greys.length; i++) {
            double share = range > 0 ? (map.values()[i] - map.min()) / range : 0;
            greys[i] = (short) Math.round(share * PNG_LEVELS);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("every JDK writes PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] npy(DepthMap map) {
        byte[] header = Npy.header(map.height(), map.width());
        ByteBuffer file =
                ByteBuffer.allocate(header.length + 4 * map.values().length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(header).asFloatBuffer().put(map.values());
        return file.array();
    }

    private static byte[] floats(DepthMap map) {
        ByteBuffer file =
                ByteBuffer.allocate(4 * map.values().length).order(ByteOrder.LITTLE_ENDIAN);
        file.asFloatBuffer().put(map.values());
        return file.array();
    }
}
