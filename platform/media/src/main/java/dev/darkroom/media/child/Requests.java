package dev.darkroom.media.child;

import dev.darkroom.media.kernel.Hangup;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Request;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the parent asks, and the end of this process with its parent's: one thread does nothing but
/// wait for that, so that it comes even in the middle of a decode that never returns.
final class Requests {

    private static final int STANDARD_INPUT = 0;

    private final InputStream pipe;
    private final Consumer<Throwable> end;

    /// Null where the system tells of the parent's end, and requests are read by whoever wants
    /// them, which spares each a thread that hands it over.
    private final @Nullable BlockingQueue<Request> queue;

    /// @param in the standard input
    /// @param end of this process, for a reason
    Requests(InputStream in, Consumer<Throwable> end) {
        this.pipe = new BufferedInputStream(in);
        this.end = end;
        this.queue = Kernel.isHere() ? null : new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .name("parent")
                .uncaughtExceptionHandler((_, e) -> end.accept(e))
                .start(queue == null ? this::awaitEnd : () -> receive(queue));
    }

    /// Waits for the next one.
    Request next() throws InterruptedException {
        return queue == null ? read() : queue.take();
    }

    private void awaitEnd() {
        try {
            Hangup.await(new Kernel(), STANDARD_INPUT);
            Runtime.getRuntime().halt(0);
        } catch (Kernel.Refused e) {
            System.err.println("the parent's end is noticed between files only: " + e.getMessage());
        }
    }

    private void receive(BlockingQueue<Request> received) {
        while (true) {
            received.add(read());
        }
    }

    private Request read() {
        try {
            return Frames.readRequest(pipe);
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0); // the parent is gone
            throw new IllegalStateException("nothing runs after the end", e);
        } catch (IOException e) {
            end.accept(e);
            throw new IllegalStateException("nothing runs after the end", e);
        }
    }
}
