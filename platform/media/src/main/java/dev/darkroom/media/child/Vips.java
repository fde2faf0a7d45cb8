package dev.darkroom.media.child;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The few functions of libvips that we need, through the foreign-function API.
///
/// Every option that an operation takes is a name and a value at the end of its argument list; a
/// call's shape therefore depends on its options, and the handles are kept by shape.
@SuppressWarnings("restricted") // calling C is what this class is for
final class Vips {

    /// The library is not installed, or too old to be given files that nobody trusts.
    static final class NotHere extends Exception {
        private static final long serialVersionUID = 1L;

        NotHere(String message) {
            super(message);
        }
    }

    /// An operation refused its input; the message is libvips' own.
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private static final String[] NAMES = {"libvips.so.42", "libvips.42.dylib"};
    private static final FunctionDescriptor NOTHING_OF_INT =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT);

    private static @Nullable Vips loaded;

    private final Linker linker = Linker.nativeLinker();
    private final Arena forever = Arena.global();
    private final SymbolLookup symbols;
    private final Map<String, MethodHandle> variadic = new HashMap<>();
    private final Map<String, MemorySegment> words = new HashMap<>();
    private final MethodHandle unref;
    private final MethodHandle free;
    private final MethodHandle errorBuffer;
    private final MethodHandle errorClear;
    private final MethodHandle typeFind;
    private final int major;
    private final int minor;
    private final int micro;

    private Vips(SymbolLookup symbols) throws NotHere {
        this.symbols = symbols;
        try {
            MethodHandle block = plain("vips_block_untrusted_set", NOTHING_OF_INT);
            int failed =
                    (int)
                            plain(
                                            "vips_init",
                                            FunctionDescriptor.of(
                                                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                                    .invokeExact(word("darkroom"));
            if (failed != 0) {
                throw new NotHere("libvips could not be initialised");
            }
            block.invokeExact(1);
            plain("vips_concurrency_set", NOTHING_OF_INT).invokeExact(1);
            plain("vips_cache_set_max", NOTHING_OF_INT).invokeExact(0);
            MethodHandle version =
                    plain(
                            "vips_version",
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            major = (int) version.invokeExact(0);
            minor = (int) version.invokeExact(1);
            micro = (int) version.invokeExact(2);
            unref = plain("g_object_unref", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            free = plain("g_free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            errorBuffer = plain("vips_error_buffer", FunctionDescriptor.of(ValueLayout.ADDRESS));
            errorClear = plain("vips_error_clear", FunctionDescriptor.ofVoid());
            typeFind =
                    plain(
                            "vips_type_find",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS));
        } catch (NotHere | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// The library of this process; what is blocked in it, and what is not, is so for all.
    static synchronized Vips load() throws NotHere {
        if (loaded == null) {
            loaded = find();
        }
        return loaded;
    }

    private static Vips find() throws NotHere {
        for (String name : NAMES) {
            SymbolLookup symbols;
            try {
                symbols = SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException e) {
                continue;
            }
            // GObject and GLib are libvips' own dependencies, so they are in the process already.
            for (String dependency : new String[] {"libgobject-2.0.so.0", "libglib-2.0.so.0"}) {
                try {
                    symbols = symbols.or(SymbolLookup.libraryLookup(dependency, Arena.global()));
                } catch (IllegalArgumentException e) {
                    System.err.println(
                            dependency + " is expected inside " + name + ": " + e.getMessage());
                }
            }
            return new Vips(symbols);
        }
        throw new NotHere("libvips is not installed");
    }

    String version() {
        return major + "." + minor + "." + micro;
    }

    boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /// Whether this build of the library has an operation.
    boolean has(String operation) {
        try {
            return (long) typeFind.invokeExact(word("VipsOperation"), word(operation)) != 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Takes one class of operations out of the block of all untrusted ones.
    void allow(String operationClass) throws NotHere {
        try {
            plain(
                            "vips_operation_block_set",
                            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                    .invokeExact(word(operationClass), 0);
        } catch (NotHere e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Calls an operation that answers 0, or anything else for failure.
    ///
    /// @param options names and values in turns; a value is a number or a MemorySegment
    void run(String function, Object[] fixed, Object... options) {
        Object[] arguments = new Object[fixed.length + options.length + 1];
        System.arraycopy(fixed, 0, arguments, 0, fixed.length);
        for (int i = 0; i < options.length; i++) {
            arguments[fixed.length + i] =
                    options[i] instanceof String name ? word(name) : options[i];
        }
        arguments[arguments.length - 1] = MemorySegment.NULL;
        int failed;
        try {
            failed = (int) shaped(function, fixed.length, arguments).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw impossible(e);
        }
        if (failed != 0) {
            throw failure();
        }
    }

    /// A function without options.
    MethodHandle plain(String name, FunctionDescriptor shape) throws NotHere {
        MemorySegment symbol =
                symbols.find(name)
                        .orElseThrow(
                                () ->
                                        new NotHere(
                                                "libvips is too old or incomplete: it has no "
                                                        + name));
        return linker.downcallHandle(symbol, shape);
    }

    Failed failure() {
        try {
            MemorySegment text = (MemorySegment) errorBuffer.invokeExact();
            String message = text.reinterpret(Long.MAX_VALUE).getString(0);
            errorClear.invokeExact();
            return new Failed(message);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Drops what earlier, tolerated failures have left in the error buffer.
    void forgetErrors() {
        try {
            errorClear.invokeExact();
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void unref(MemorySegment object) {
        try {
            unref.invokeExact(object);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void free(MemorySegment memory) {
        try {
            free.invokeExact(memory);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// A C string that lives as long as this process; only for names that we write ourselves.
    MemorySegment word(String text) {
        return words.computeIfAbsent(text, forever::allocateFrom);
    }

    static IllegalStateException impossible(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(
                "a call into libvips has another shape than its header says", cause);
    }

    private MethodHandle shaped(String function, int fixed, Object[] arguments) {
        MemoryLayout[] layouts =
                Arrays.stream(arguments).map(Vips::layout).toArray(MemoryLayout[]::new);
        String key = function + Stream.of(layouts).map(MemoryLayout::toString).toList();
        return variadic.computeIfAbsent(
                key,
                _ ->
                        linker.downcallHandle(
                                symbols.findOrThrow(function),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts),
                                Linker.Option.firstVariadicArg(fixed)));
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer _ -> ValueLayout.JAVA_INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            case Double _ -> ValueLayout.JAVA_DOUBLE;
            case MemorySegment _ -> ValueLayout.ADDRESS;
            default ->
                    throw new IllegalArgumentException("libvips takes no " + argument.getClass());
        };
    }
}
