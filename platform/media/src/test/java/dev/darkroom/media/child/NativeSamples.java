package dev.darkroom.media.child;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/// Intact small files of the formats that only libvips writes; none where it is not installed.
@SuppressWarnings("restricted") // calling C is what this class is for
public final class NativeSamples {

    private NativeSamples() {}

    public static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Vips vips;
        try {
            vips = Vips.load();
        } catch (Vips.NotHere e) {
            System.err.println("no native samples: " + e.getMessage());
            return files;
        }
        byte[] photo = Samples.of("baseline.jpg");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, photo);
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            vips.run("vips_jpegload_buffer", new Object[] {bytes, (long) photo.length, out});
            MemorySegment picture = out.get(ValueLayout.ADDRESS, 0);
            save(vips, picture, "vips_webpsave_buffer", "lossy.webp", files);
            save(vips, picture, "vips_tiffsave_buffer", "native.tif", files, "tile", 1);
            save(vips, picture, "vips_pngsave_buffer", "interlaced.png", files, "interlace", 1);
            int av1 = 4;
            int hevc = 1;
            save(vips, picture, "vips_heifsave_buffer", "p.avif", files, "compression", av1);
            save(vips, picture, "vips_heifsave_buffer", "p.heic", files, "compression", hevc);
        }
        return files;
    }

    private static void save(
            Vips vips,
            MemorySegment picture,
            String saver,
            String name,
            Map<String, byte[]> files,
            Object... options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            vips.run(saver, new Object[] {picture, out, length}, options);
            MemorySegment bytes = out.get(ValueLayout.ADDRESS, 0);
            files.put(
                    name,
                    bytes.reinterpret(length.get(ValueLayout.JAVA_LONG, 0))
                            .toArray(ValueLayout.JAVA_BYTE));
            vips.free(bytes);
        } catch (Vips.Failed e) {
            System.err.println("no sample " + name + ": " + e.getMessage());
        }
    }
}
