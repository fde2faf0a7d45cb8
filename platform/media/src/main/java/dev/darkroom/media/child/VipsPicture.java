package dev.darkroom.media.child;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// One libvips image, to be closed. Operations are lazy and return a new one; this one stays as it
/// is.
@SuppressWarnings("restricted") // calling C is what this class is for
final class VipsPicture implements AutoCloseable {

    private static final int SEQUENTIAL = 1;
    private static final int SHRINK_ONLY = 2;
    private static final int TO_SRGB = 22;
    private static final int UCHAR = 0;
    private static final int AV1 = 4;

    /// How the operations of one process are reached.
    static final class Library {
        private final Vips vips;
        private final MethodHandle width;
        private final MethodHandle height;
        private final MethodHandle bands;
        private final MethodHandle hasAlpha;
        private final MethodHandle typeOf;
        private final MethodHandle copyMemory;
        private final MethodHandle writeToMemory;
        private final MethodHandle fromMemory;
        private final MemorySegment white;

        Library(Vips vips) throws Vips.NotHere {
            this.vips = vips;
            FunctionDescriptor toInt =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            width = vips.plain("vips_image_get_width", toInt);
            height = vips.plain("vips_image_get_height", toInt);
            bands = vips.plain("vips_image_get_bands", toInt);
            hasAlpha = vips.plain("vips_image_hasalpha", toInt);
            typeOf =
                    vips.plain(
                            "vips_image_get_typeof",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS));
            FunctionDescriptor toAddress =
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS);
            copyMemory = vips.plain("vips_image_copy_memory", toAddress);
            writeToMemory =
                    vips.plain(
                            "vips_image_write_to_memory",
                            FunctionDescriptor.of(
                                    ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            fromMemory =
                    vips.plain(
                            "vips_image_new_from_memory_copy",
                            FunctionDescriptor.of(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            try {
                MemorySegment values =
                        Arena.global().allocateFrom(ValueLayout.JAVA_DOUBLE, 255, 255, 255);
                white =
                        (MemorySegment)
                                vips.plain(
                                                "vips_array_double_new",
                                                FunctionDescriptor.of(
                                                        ValueLayout.ADDRESS,
                                                        ValueLayout.ADDRESS,
                                                        ValueLayout.JAVA_INT))
                                        .invokeExact(values, 3);
            } catch (Vips.NotHere e) {
                throw e;
            } catch (Throwable e) {
                throw Vips.impossible(e);
            }
        }

        Vips vips() {
            return vips;
        }

        /// A picture of pixels laid over white, and of nothing else.
        VipsPicture of(Pixels pixels) {
            byte[] rgb = pixels.rgb();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, rgb);
                MemorySegment made =
                        (MemorySegment)
                                fromMemory.invokeExact(
                                        bytes,
                                        (long) rgb.length,
                                        pixels.width(),
                                        pixels.height(),
                                        3,
                                        UCHAR);
                if (made.equals(MemorySegment.NULL)) {
                    throw vips.failure();
                }
                try (VipsPicture plain = new VipsPicture(this, made)) {
                    return plain.apply(
                            "vips_copy",
                            new Object[] {plain.image, MemorySegment.NULL},
                            "interpretation",
                            TO_SRGB);
                }
            } catch (Vips.Failed e) {
                throw e;
            } catch (Throwable e) {
                throw Vips.impossible(e);
            }
        }

        /// Opens a picture; nothing but its header is read yet.
        ///
        /// @param loader the operation's name without `vips_`, such as `pngload_buffer`
        VipsPicture load(String loader, MemorySegment bytes, Object... options) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
                Object[] all = new Object[options.length + 2];
                all[0] = "access";
                all[1] = SEQUENTIAL;
                System.arraycopy(options, 0, all, 2, options.length);
                vips.run("vips_" + loader, new Object[] {bytes, bytes.byteSize(), out}, all);
                return new VipsPicture(this, out.get(ValueLayout.ADDRESS, 0));
            }
        }
    }

    private final Library library;
    private final MemorySegment image;

    private VipsPicture(Library library, MemorySegment image) {
        this.library = library;
        this.image = image;
    }

    int width() {
        return number(library.width);
    }

    int height() {
        return number(library.height);
    }

    int bands() {
        return number(library.bands);
    }

    boolean hasAlpha() {
        return number(library.hasAlpha) != 0;
    }

    boolean hasProfile() {
        try {
            return (long) library.typeOf.invokeExact(image, library.vips.word("icc-profile-data"))
                    != 0;
        } catch (Throwable e) {
            throw Vips.impossible(e);
        }
    }

    /// Fitted into a square, never enlarged, not turned. Alpha is taken care of.
    ///
    /// @param throughProfile converts to sRGB by the embedded profile. Never ask for it without
    ///   one: 8.14 shifts the colours then
    VipsPicture fitted(int maxEdge, boolean throughProfile) {
        Object[] fixed = {image, MemorySegment.NULL, maxEdge};
        if (!throughProfile) {
            return apply(
                    "vips_thumbnail_image",
                    fixed,
                    "height",
                    maxEdge,
                    "size",
                    SHRINK_ONLY,
                    "no_rotate",
                    1);
        }
        String profile = library.vips.isAtLeast(8, 15) ? "output_profile" : "export_profile";
        return apply(
                "vips_thumbnail_image",
                fixed,
                "height",
                maxEdge,
                "size",
                SHRINK_ONLY,
                "no_rotate",
                1,
                profile,
                library.vips.word("srgb"));
    }

    /// In 8-bit sRGB, whatever it was: gray, 16 bits, CMYK, Lab.
    VipsPicture srgb() {
        try (VipsPicture converted =
                apply("vips_colourspace", new Object[] {image, MemorySegment.NULL, TO_SRGB})) {
            return converted.apply(
                    "vips_cast", new Object[] {converted.image, MemorySegment.NULL, UCHAR});
        }
    }

    /// Laid over white.
    VipsPicture opaque() {
        return apply(
                "vips_flatten",
                new Object[] {image, MemorySegment.NULL},
                "background",
                library.white);
    }

    VipsPicture mirrored() {
        return apply("vips_flip", new Object[] {image, MemorySegment.NULL, 0});
    }

    VipsPicture turnedRight(int quarters) {
        return apply("vips_rot", new Object[] {image, MemorySegment.NULL, quarters});
    }

    /// With all pixels computed; where a lazy operation's failure shows.
    VipsPicture inMemory() {
        try {
            MemorySegment copy = (MemorySegment) library.copyMemory.invokeExact(image);
            if (copy.equals(MemorySegment.NULL)) {
                throw library.vips.failure();
            }
            return new VipsPicture(library, copy);
        } catch (Vips.Failed e) {
            throw e;
        } catch (Throwable e) {
            throw Vips.impossible(e);
        }
    }

    /// The square in the middle.
    VipsPicture middle(int edge) {
        return apply(
                "vips_extract_area",
                new Object[] {
                    image,
                    MemorySegment.NULL,
                    (width() - edge) / 2,
                    (height() - edge) / 2,
                    edge,
                    edge
                });
    }

    /// As a JPEG file without any metadata.
    byte[] jpeg(int quality) {
        return saved("vips_jpegsave_buffer", "Q", quality, "optimize_coding", 1);
    }

    /// As a WebP file without any metadata: 8.14 leaves it in although it is told not to, and even
    /// makes up some, so it gets nothing but pixels, and we take out what it added.
    byte[] webp(int quality) {
        try (VipsPicture bare = library.of(pixels())) {
            return WebpFile.bare(bare.saved("vips_webpsave_buffer", "Q", quality));
        }
    }

    /// As an AVIF file without any metadata.
    byte[] avif(int quality) {
        try (VipsPicture bare = library.of(pixels())) {
            return bare.saved("vips_heifsave_buffer", "Q", quality, "compression", AV1);
        }
    }

    /// Through a saver that is not blocked, with the metadata that the picture has left out.
    byte[] saved(String saver, Object... options) {
        boolean renamed = library.vips.isAtLeast(8, 15);
        Object[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = renamed ? "keep" : "strip";
        all[options.length + 1] = renamed ? 0 : 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            library.vips.run(saver, new Object[] {image, out, length}, all);
            MemorySegment bytes = out.get(ValueLayout.ADDRESS, 0);
            byte[] file =
                    bytes.reinterpret(length.get(ValueLayout.JAVA_LONG, 0))
                            .toArray(ValueLayout.JAVA_BYTE);
            library.vips.free(bytes);
            return file;
        }
    }

    /// The pixels of a small 8-bit sRGB picture.
    Pixels pixels() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment memory = (MemorySegment) library.writeToMemory.invokeExact(image, length);
            if (memory.equals(MemorySegment.NULL)) {
                throw library.vips.failure();
            }
            byte[] samples =
                    memory.reinterpret(length.get(ValueLayout.JAVA_LONG, 0))
                            .toArray(ValueLayout.JAVA_BYTE);
            library.vips.free(memory);
            int bands = bands();
            int[] argb = new int[width() * height()];
            for (int i = 0; i < argb.length; i++) {
                int at = i * bands;
                int alpha = bands == 4 ? samples[at + 3] & 0xff : 255;
                argb[i] =
                        alpha << 24
                                | (samples[at] & 0xff) << 16
                                | (samples[at + 1] & 0xff) << 8
                                | (samples[at + 2] & 0xff);
            }
            return new Pixels(width(), height(), argb);
        } catch (Vips.Failed e) {
            throw e;
        } catch (Throwable e) {
            throw Vips.impossible(e);
        }
    }

    @Override
    public void close() {
        library.vips.unref(image);
    }

    /// Runs an operation whose second argument is where the new image goes.
    private VipsPicture apply(String function, Object[] fixed, Object... options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            fixed[1] = out;
            library.vips.run(function, fixed, options);
            return new VipsPicture(library, out.get(ValueLayout.ADDRESS, 0));
        }
    }

    private int number(MethodHandle getter) {
        try {
            return (int) getter.invokeExact(image);
        } catch (Throwable e) {
            throw Vips.impossible(e);
        }
    }
}
