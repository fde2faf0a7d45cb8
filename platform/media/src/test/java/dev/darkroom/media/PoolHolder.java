package dev.darkroom.media;

import java.nio.file.Path;
import java.util.List;

/// A parent to be killed: starts a pool, gives one child a file that never ends, prints its
/// children's ids and waits.
public final class PoolHolder {

    private PoolHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (MediaPool pool = new MediaPool(MediaOptions.defaults())) {
            pool.capabilities();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    pool.render(
                                            Path.of(arguments[0]),
                                            new RenderRequest(
                                                    List.of(new RenderSize("small", 150)), 80));
                                } catch (Exception e) {
                                    System.err.println("the endless file has ended: " + e);
                                }
                            });
            while (ProcessHandle.current().children().count() < 2) {
                Thread.onSpinWait();
            }
            ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
            System.out.println("waiting");
            System.in.read();
        }
    }
}
