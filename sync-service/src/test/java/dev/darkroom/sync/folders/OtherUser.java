package dev.darkroom.sync.folders;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// Takes a step with the rights of a user who owns no file, since root reads everything.
///
/// On Linux a thread, and those that it starts, can look at files as somebody else. Who is not root
/// stays who they are.
@SuppressWarnings("restricted") // calling C is what this class is for
final class OtherUser {
    private static final int NOBODY = 65_534;
    private static final MethodHandle SET_FILE_USER =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setfsuid"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private OtherUser() {}

    /// @param root opened to everybody, with the folder around it
    static <T> T takes(Path root, Callable<T> step) throws Exception {
        for (Path folder : new Path[] {root.getParent(), root}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        FutureTask<T> task =
                new FutureTask<>(
                        () -> {
                            become();
                            return step.call();
                        });
        Thread.ofPlatform().name("other-user").start(task);
        return task.get();
    }

    private static void become() {
        try {
            int before = (int) SET_FILE_USER.invokeExact(NOBODY);
            if (before == 0 && (int) SET_FILE_USER.invokeExact(NOBODY) != NOBODY) {
                throw new IllegalStateException("root could not become another user for files");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setfsuid failed", e);
        }
    }
}
