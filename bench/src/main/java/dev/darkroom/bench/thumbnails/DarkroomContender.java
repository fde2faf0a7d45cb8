package dev.darkroom.bench.thumbnails;

import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Darkroom's own children, started, confined and spoken to as in use: each photo is a file, each
/// thumbnail comes back through the pipe, with a thumbhash. Their processor time counts, all of it.
final class DarkroomContender implements Contender, AutoCloseable {

    private static final RenderRequest WANTED =
            new RenderRequest(
                    SIZES.stream().map(size -> new RenderSize("edge-" + size, size)).toList(), 80);

    private final MediaPool pool;
    private final Set<Long> others;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> engines = new TreeSet<>();

    DarkroomContender(int processes) {
        others =
                ProcessHandle.current()
                        .descendants()
                        .map(ProcessHandle::pid)
                        .collect(Collectors.toSet());
        pool = new MediaPool(MediaOptions.defaults().withProcesses(processes));
    }

    /// What has drawn the pictures until now.
    Set<String> engines() {
        return engines;
    }

    List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(
                        process ->
                                !others.contains(process.pid())
                                        && process.info()
                                                .command()
                                                .filter(command -> command.endsWith("java"))
                                                .isPresent())
                .toList();
    }

    @Override
    public String name() {
        return "Darkroom";
    }

    @Override
    public Cost run(Path photo, int times, int atOnce) throws IOException, InterruptedException {
        List<ProcessHandle> children = children();
        long before = ProcessorClock.nanos(children);
        long begin = System.nanoTime();
        List<Future<Rendered>> results = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            results.add(threads.submit(several(photo, times)));
        }
        long bytes = 0;
        try {
            for (Future<Rendered> result : results) {
                Rendered rendered = result.get();
                bytes = rendered.renditions().stream().mapToLong(r -> r.bytes().length).sum();
                engines.add(rendered.engine());
            }
        } catch (ExecutionException e) {
            throw new IOException("no thumbnails of " + photo, e.getCause());
        }
        double pictures = 1e6 * times * atOnce;
        double wall = (System.nanoTime() - begin) / pictures;
        return new Cost((ProcessorClock.nanos(children) - before) / pictures, wall, bytes);
    }

    private Callable<Rendered> several(Path photo, int times) {
        return () -> {
            Rendered rendered = pool.render(photo, WANTED);
            for (int i = 1; i < times; i++) {
                rendered = pool.render(photo, WANTED);
            }
            return rendered;
        };
    }

    @Override
    public List<byte[]> thumbnails(Path photo) throws IOException, InterruptedException {
        try {
            return pool.render(photo, WANTED).renditions().stream().map(Rendition::bytes).toList();
        } catch (UnreadableMedia | MediaChildLost e) {
            throw new IOException("no thumbnails of " + photo, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pool.close();
    }
}
