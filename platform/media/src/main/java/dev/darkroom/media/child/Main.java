package dev.darkroom.media.child;

import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Where a media child begins: requests come in on standard input, replies go out on standard
/// output.
///
/// One thread does nothing but read, so that a child whose parent has died ends at once, even in
/// the middle of a decode that never returns.
public final class Main {

    /// The exit code that tells the parent about a full heap.
    private static final int OUT_OF_HEAP = 3;

    private static final int BROKEN_PIPE = 4;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        InputStream requests = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        OutputStream replies = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        offerToTheOutOfMemoryKiller();
        BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .name("requests")
                .uncaughtExceptionHandler((_, e) -> end(e))
                .start(() -> receive(requests, queue));
        try {
            serve(queue, replies);
        } catch (OutOfMemoryError e) {
            end(e);
        } catch (IOException e) {
            System.err.println("the parent does not listen: " + e.getMessage());
            Runtime.getRuntime().halt(BROKEN_PIPE);
        }
    }

    private static void serve(BlockingQueue<Request> queue, OutputStream replies)
            throws InterruptedException, IOException {
        if (!(queue.take() instanceof Request.Hello hello) || hello.version() != Frames.VERSION) {
            throw new IOException("the first request must be Hello of version " + Frames.VERSION);
        }
        Desk desk = new Desk(hello);
        Frames.send(replies, desk.ready());
        while (true) {
            Reply reply = desk.answer(queue.take());
            Frames.send(replies, reply);
        }
    }

    private static void receive(InputStream requests, BlockingQueue<Request> queue) {
        try {
            while (true) {
                queue.add(Frames.readRequest(requests));
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0); // the parent is gone
        } catch (IOException e) {
            end(e);
        }
    }

    private static void end(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(cause instanceof OutOfMemoryError ? OUT_OF_HEAP : 1);
    }

    /// When the whole machine runs out of memory, the kernel shall take this process rather than
    /// the service.
    private static void offerToTheOutOfMemoryKiller() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException e) {
            System.err.println(
                    "no way to volunteer for the out-of-memory killer: " + e.getMessage());
        }
    }
}
