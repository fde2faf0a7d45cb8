package dev.darkroom.inference.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps ONNX Runtime from telling its makers about us: since 1.29 it does so from the moment it is
/// loaded, keeps an identifier of the machine in the home folder, and searches the command line
/// with an expression that overflows the stack when a long class path is in it.
///
/// It asks the environment of the process whether it may, which Java can read but not change.
final class Telemetry {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /// Before ONNX Runtime is loaded; what an operator has set stays as it is.
    static void switchOff() {
        if (System.getenv(SWITCH) != null) {
            return;
        }
        Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
        if (setenv.isPresent()) {
            set(setenv.get());
        } else {
            LOG.atWarn()
                    .addKeyValue("variable", SWITCH)
                    .log("ONNX Runtime may call its makers here; set the variable to 1");
        }
    }

    @SuppressWarnings("restricted") // Java has no other way to it
    private static void set(MemorySegment setenv) {
        MethodHandle set =
                Linker.nativeLinker()
                        .downcallHandle(
                                setenv,
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failure =
                    (int) set.invokeExact(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1);
            if (failure != 0) {
                throw new IllegalStateException("setenv answers " + failure);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv throws nothing", e);
        }
    }
}
