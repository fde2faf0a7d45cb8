package dev.darkroom.media.child.jpeg;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The few functions of TurboJPEG, libjpeg-turbo's own interface, that we need, through the
/// foreign-function API.
@SuppressWarnings("restricted") // calling C is what this class is for
final class TurboJpeg {

    /// Gives up at the first damage, of which others may make more.
    private static final int STOP_ON_WARNING = 8_192;

    private static final int SUCCESS = 0;
    private static final String[] NAMES = {"libturbojpeg.so.0", "libturbojpeg.0.dylib"};

    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle header;
    private final MethodHandle planes;
    private final MethodHandle planeWidth;
    private final MethodHandle planeHeight;
    private final MethodHandle problem;

    private TurboJpeg(SymbolLookup symbols) {
        MemoryLayout number = ValueLayout.JAVA_INT;
        MemoryLayout size = ValueLayout.JAVA_LONG;
        MemoryLayout address = ValueLayout.ADDRESS;
        open = function(symbols, "tjInitDecompress", address);
        close = function(symbols, "tjDestroy", number, address);
        header =
                function(
                        symbols,
                        "tjDecompressHeader3",
                        number,
                        address,
                        address,
                        size,
                        address,
                        address,
                        address,
                        address);
        planes =
                function(
                        symbols,
                        "tjDecompressToYUVPlanes",
                        number,
                        address,
                        address,
                        size,
                        address,
                        number,
                        address,
                        number,
                        number);
        planeWidth = function(symbols, "tjPlaneWidth", number, number, number, number);
        planeHeight = function(symbols, "tjPlaneHeight", number, number, number, number);
        problem = function(symbols, "tjGetErrorStr2", address, address);
    }

    /// Empty where version 2.0 or newer is not installed.
    static Optional<TurboJpeg> load() {
        for (String name : NAMES) {
            try {
                return Optional.of(new TurboJpeg(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException | NoSuchElementException _) {
                // perhaps by the other name
            }
        }
        return Optional.empty();
    }

    private static MethodHandle function(
            SymbolLookup symbols, String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /// A picture whose header has been read.
    ///
    /// @throws UnusualJpeg when it is none
    Picture open(MemorySegment file) throws UnusualJpeg {
        Picture picture = new Picture(file);
        try {
            picture.readHeader();
            return picture;
        } catch (UnusualJpeg | RuntimeException | Error e) {
            picture.close();
            throw e;
        }
    }

    /// Samples of one component, in the library's memory.
    ///
    /// @param stride from one row to the next
    record Samples(MemorySegment bytes, int stride) {}

    /// One picture that is being read.
    final class Picture implements AutoCloseable {

        private final Arena memory = Arena.ofConfined();
        private final MemorySegment file;
        private final MemorySegment handle;
        private final MemorySegment said = memory.allocate(ValueLayout.JAVA_INT, 4);

        private Picture(MemorySegment file) {
            this.file = file;
            try {
                handle = (MemorySegment) open.invokeExact();
            } catch (Throwable e) {
                throw impossible(e);
            }
            if (handle.equals(MemorySegment.NULL)) {
                memory.close();
                throw new OutOfMemoryError("libjpeg-turbo got no memory");
            }
        }

        private void readHeader() throws UnusualJpeg {
            try {
                require(
                        (int)
                                header.invokeExact(
                                        handle,
                                        file,
                                        file.byteSize(),
                                        said,
                                        said.asSlice(4),
                                        said.asSlice(8),
                                        said.asSlice(12)));
            } catch (UnusualJpeg e) {
                throw e;
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        int width() {
            return said.getAtIndex(ValueLayout.JAVA_INT, 0);
        }

        int height() {
            return said.getAtIndex(ValueLayout.JAVA_INT, 1);
        }

        /// How many pixels share a sample of colour, as a number of the library's.
        int sampling() {
            return said.getAtIndex(ValueLayout.JAVA_INT, 2);
        }

        /// Decodes all of it.
        ///
        /// @param scale in eighths
        /// @param components one for grey, else three
        /// @return as many planes as there are components; gone when this picture is closed
        Samples[] decode(int scale, int components) throws UnusualJpeg {
            int width = Math.ceilDiv(width() * scale, 8);
            int height = Math.ceilDiv(height() * scale, 8);
            Samples[] samples = new Samples[components];
            MemorySegment addresses = memory.allocate(ValueLayout.ADDRESS, components);
            MemorySegment strides = memory.allocate(ValueLayout.JAVA_INT, components);
            try {
                for (int i = 0; i < components; i++) {
                    int stride = (int) planeWidth.invokeExact(i, width, sampling());
                    int rows = (int) planeHeight.invokeExact(i, height, sampling());
                    samples[i] = new Samples(memory.allocate((long) stride * rows), stride);
                    addresses.setAtIndex(ValueLayout.ADDRESS, i, samples[i].bytes);
                    strides.setAtIndex(ValueLayout.JAVA_INT, i, stride);
                }
                require(
                        (int)
                                planes.invokeExact(
                                        handle,
                                        file,
                                        file.byteSize(),
                                        addresses,
                                        width,
                                        strides,
                                        height,
                                        STOP_ON_WARNING));
            } catch (UnusualJpeg e) {
                throw e;
            } catch (Throwable e) {
                throw impossible(e);
            }
            return samples;
        }

        private void require(int result) throws Throwable {
            if (result != SUCCESS) {
                MemorySegment text = (MemorySegment) problem.invokeExact(handle);
                throw new UnusualJpeg(text.reinterpret(Long.MAX_VALUE).getString(0));
            }
        }

        @Override
        public void close() {
            try {
                int _ = (int) close.invokeExact(handle);
            } catch (Throwable e) {
                throw impossible(e);
            } finally {
                memory.close();
            }
        }
    }

    private static IllegalStateException impossible(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(
                "a call into libjpeg-turbo has another shape than its header says", cause);
    }
}
