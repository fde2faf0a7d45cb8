package dev.darkroom.media.child;

import dev.darkroom.media.kernel.Handover;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.kernel.OpenFile;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Request;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Where a media child begins: requests come in on standard input, replies go out on standard
/// output. A child whose parent has died ends at once.
public final class Main {

    /// The exit code that tells the parent about a full heap.
    private static final int OUT_OF_HEAP = 3;

    private static final int BROKEN_PIPE = 4;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        run(_ -> {});
    }

    /// @param before sees each request before it is answered; tests put accidents there
    static void run(Consumer<Request> before) throws InterruptedException {
        offerToTheOutOfMemoryKiller();
        Sandbox.Entered sandbox = Sandbox.enter();
        Requests requests = new Requests(new FileInputStream(FileDescriptor.in), Main::end);
        OutputStream replies = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        try {
            serve(requests, replies, sandbox, before);
        } catch (OutOfMemoryError e) {
            end(e);
        } catch (IOException e) {
            System.err.println("the parent does not listen: " + e.getMessage());
            Runtime.getRuntime().halt(BROKEN_PIPE);
        }
    }

    private static void serve(
            Requests requests,
            OutputStream replies,
            Sandbox.Entered sandbox,
            Consumer<Request> before)
            throws InterruptedException, IOException {
        if (!(requests.next() instanceof Request.Hello hello)
                || hello.version() != Frames.VERSION) {
            throw new IOException("the first request must be Hello of version " + Frames.VERSION);
        }
        before.accept(hello);
        Desk desk = new Desk(hello);
        Handover files = sandbox.files();
        Frames.send(replies, desk.ready(sandbox.report(), files != null));
        while (true) {
            Request request = requests.next();
            OpenFile file = files == null ? null : take(files);
            before.accept(request);
            Frames.send(replies, file == null ? desk.answer(request) : desk.answer(request, file));
        }
    }

    private static OpenFile take(Handover files) throws IOException {
        try {
            return files.take();
        } catch (Kernel.Refused | Handover.Gone e) {
            throw new IOException("no file came with the request: " + e.getMessage(), e);
        }
    }

    private static void end(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(cause instanceof OutOfMemoryError ? OUT_OF_HEAP : 1);
    }

    /// When the whole machine runs out of memory, the kernel shall take this process rather than
    /// the service.
    static void offerToTheOutOfMemoryKiller() {
        Path score = Path.of("/proc/self/oom_score_adj");
        try {
            if (!Files.readString(score).strip().equals("1000")) {
                Files.writeString(score, "1000");
            }
        } catch (IOException e) {
            System.err.println(
                    "no way to volunteer for the out-of-memory killer: " + e.getMessage());
        }
    }
}
