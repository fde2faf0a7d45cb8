package dev.darkroom.sync.files;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.Set;
import java.util.stream.Stream;

/// Whether this is a system that `Libc` knows. Apart from it, since elsewhere `Libc` cannot even be
/// loaded.
final class Linux {
    /// Some of the numbers in `Libc` differ on other processors.
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64");

    private static final boolean HERE =
            System.getProperty("os.name", "").equals("Linux")
                    && PROCESSORS.contains(System.getProperty("os.arch", ""))
                    && hasFunctions();

    private Linux() {}

    static boolean isHere() {
        return HERE;
    }

    private static boolean hasFunctions() {
        SymbolLookup symbols = Linker.nativeLinker().defaultLookup();
        return Stream.of("openat", "getdents64", "statx", "inotify_init1", "eventfd", "poll")
                .allMatch(name -> symbols.find(name).isPresent());
    }
}
