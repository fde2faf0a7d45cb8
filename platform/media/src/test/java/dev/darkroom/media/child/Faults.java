package dev.darkroom.media.child;

import dev.darkroom.media.wire.Request;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A child that has an accident when it is given a file of a certain name; only tests have it.
@SuppressWarnings("restricted") // to break memory is its job
public final class Faults {

    private static final List<byte[]> HOARD = new ArrayList<>();

    /// What a file is called that only takes those down who read it with a native decoder.
    private static final String NATIVE = "native-";

    private static boolean ownCodeOnly;

    private Faults() {}

    public static void main(String[] arguments) throws InterruptedException {
        Main.run(Faults::trigger);
    }

    private static void trigger(Request request) {
        switch (request) {
            case Request.Hello hello -> ownCodeOnly = hello.ownCodeOnly();
            case Request.Render render -> trigger(render.file());
            case Request.ReadSidecar sidecar -> trigger(sidecar.file());
            case Request.Animate animate -> trigger(animate.file());
            case Request.ReadPixels pixels -> trigger(pixels.file());
            case Request.Probe probe -> {
                trigger(probe.file());
                // Hostile metadata: only the first probe meets it.
                if (probe.withMetadata() && name(probe.file()).equals("fault-metadata")) {
                    Runtime.getRuntime().halt(43);
                }
            }
        }
    }

    private static void trigger(Path file) {
        switch (name(file)) {
            case "fault-exit" -> Runtime.getRuntime().halt(42);
            case "fault-segfault" -> segfault();
            case "fault-native-hang" -> nativeHang();
            case "fault-loop" -> loop();
            case "fault-heap" -> fillHeap();
            case "fault-native-memory" -> fillNativeMemory();
            case "fault-leak" -> leak();
            case "fault-nonsense" -> talk();
            case "fault-escape" -> Escapes.tryAll(file);
            default -> {}
        }
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        String fault = name.substring(0, Math.max(0, name.indexOf('.')));
        return fault.startsWith(NATIVE) && !ownCodeOnly ? fault.substring(NATIVE.length()) : fault;
    }

    /// A native library that prints to the child's standard output.
    private static void talk() {
        try {
            new FileOutputStream(FileDescriptor.out)
                    .write("Hello, I am a codec!\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void segfault() {
        MemorySegment.NULL.reinterpret(8).set(ValueLayout.JAVA_INT, 0, 1);
    }

    private static void nativeHang() {
        Linker linker = Linker.nativeLinker();
        try {
            int _ =
                    (int)
                            linker.downcallHandle(
                                            linker.defaultLookup().findOrThrow("pause"),
                                            FunctionDescriptor.of(ValueLayout.JAVA_INT))
                                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("pause() must be callable", e);
        }
    }

    private static void loop() {
        long count = 0;
        while (count >= 0) {
            count = count + 1 & 0xffff;
        }
    }

    private static void fillHeap() {
        while (true) {
            HOARD.add(new byte[1 << 20]);
        }
    }

    /// Not enough to be killed for, too much to keep.
    private static void leak() {
        Arena.global().allocate(300 << 20).fill((byte) 1);
    }

    /// The memory has no owner and is never freed; that is the point.
    private static void fillNativeMemory() {
        while (true) {
            Arena.global().allocate(1 << 24).fill((byte) 1);
        }
    }
}
