package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// A lock on a file that waits, for the threads of this process as well as for other processes.
/// Unlike the lock of a data folder, which refuses at once.
final class ProcessLock implements AutoCloseable {

    /// File locks belong to the whole process, so its own threads queue here first.
    private static final ReentrantLock OWN_THREADS = new ReentrantLock();

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits for the lock. Closing gives it back.
    static ProcessLock acquire(Path file) throws IOException {
        OWN_THREADS.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new ProcessLock(channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            OWN_THREADS.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OWN_THREADS.unlock();
        }
    }
}
