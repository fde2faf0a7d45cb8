package dev.darkroom.media;

import dev.darkroom.media.child.Faults;
import java.nio.file.Path;
import java.util.List;

/// A parent to be killed: gives all but one of its children files that never end, prints its
/// children's ids and waits.
public final class PoolHolder {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 150)), 80);

    private PoolHolder() {}

    public static void main(String[] files) throws Exception {
        MediaOptions options =
                MediaOptions.defaults().withProcesses(files.length + 1).withNativeDecoders(false);
        try (MediaPool pool = new MediaPool(options, Faults.class.getName())) {
            pool.capabilities();
            for (String file : files) {
                Thread.ofVirtual().start(() -> render(pool, Path.of(file)));
            }
            while (ProcessHandle.current().children().count() <= files.length) {
                Thread.onSpinWait();
            }
            ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
            System.out.println("waiting");
            System.in.read();
        }
    }

    private static void render(MediaPool pool, Path file) {
        try {
            pool.render(file, SMALL);
        } catch (Exception e) {
            System.err.println("the endless file has ended: " + e);
        }
    }
}
