package dev.darkroom.sync.files;

import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads a tree on a thread of its own, twelve thousand finds ahead of the visitor and no more: a
/// slow visitor makes the reader wait.
final class ReadAhead {
    /// How a tree is read.
    interface Reader {
        /// Reads.
        ///
        /// @return how many folders were read
        long read(byte[] start, boolean recursive, Block first, Walker.Sink sink)
                throws InterruptedException;
    }

    /// More than a first scan writes at once, so that the reader goes on meanwhile.
    private static final int BLOCKS = 24;

    private static final byte[] ROOT = {};

    /// An empty block that says there is no more.
    private final Block end = new Block();

    private final BlockingQueue<Block> filled = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Reader reader;
    private final Path root;
    private volatile long folders;

    ReadAhead(Reader reader, Path root) {
        this.reader = reader;
        this.root = root;
    }

    WalkSummary walk(TreeVisitor visitor) throws InterruptedException {
        for (int i = 1; i < BLOCKS; i++) {
            free.add(new Block());
        }
        // A platform thread: calls into the C library would hold a virtual thread's carrier.
        Thread thread = Thread.ofPlatform().daemon().name("walk " + root).start(this::read);
        Block.Tally tally = new Block.Tally();
        boolean complete = true;
        try {
            for (Block block = filled.take(); block != end; block = filled.take()) {
                if (!block.tell(visitor, tally)) {
                    complete = false;
                    break;
                }
                block.clear();
                free.put(block);
            }
        } finally {
            // A reader that hangs in a dead network file system is left behind: it closes what it
            // has opened when the system lets it go.
            thread.interrupt();
        }
        rethrow(failure.get());
        return tally.summary(folders, complete);
    }

    private void read() {
        try {
            folders =
                    reader.read(
                            ROOT,
                            true,
                            new Block(),
                            full -> {
                                filled.put(full);
                                return free.take();
                            });
        } catch (InterruptedException _) {
            // The visitor has ended the walk; nobody waits for the end.
            return;
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
        filled.add(end);
    }

    private static void rethrow(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("a walk failed", failure);
        }
    }
}
