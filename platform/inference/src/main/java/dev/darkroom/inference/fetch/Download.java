package dev.darkroom.inference.fetch;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches files over HTTP into `.part` files, which get their names only when they are whole.
///
/// What broke off goes on where it stopped, if the server can say that the file is still the same;
/// else it starts again.
final class Download {
    private static final Logger log = LoggerFactory.getLogger(Download.class);
    private static final int TRIES = 4;

    private final HttpClient client;
    private final Duration stall;

    Download(HttpClient client, Duration stall) {
        this.client = client;
        this.stall = stall;
    }

    /// Addresses on this machine may be plain; everything else is encrypted, or somebody on the way
    /// could choose the model.
    static void requireSafe(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null
                || !(scheme.equals("https")
                        || (scheme.equals("http") && isHere(address.getHost())))) {
            throw new ModelRefused(
                    address
                            + " is not used: a model's address must be https: (http: only on this machine)");
        }
    }

    private static boolean isHere(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// Fetches one file.
    ///
    /// @param most bytes it may have
    /// @return false if the server has no such file
    boolean fetch(URI from, Path target, long most) {
        requireSafe(from);
        IOException last = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return once(from, target, most);
            } catch (IOException e) {
                last = e;
                log.atWarn()
                        .addKeyValue("address", from)
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("reason", e.toString())
                        .log("Download broke off");
                LockSupport.parkNanos(Duration.ofMillis(100L * attempt).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                CancellationException cancelled =
                        new CancellationException("interrupted while fetching " + from);
                cancelled.initCause(e);
                throw cancelled;
            }
        }
        throw new ModelUnavailable(
                "%s cannot be fetched: %s. It goes on at the next attempt"
                        .formatted(from, last == null ? "" : reason(last)),
                last == null ? new IOException() : last);
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private boolean once(URI from, Path target, long most)
            throws IOException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Path tag = target.resolveSibling(target.getFileName() + ".part.etag");
        long have = Files.exists(part) && Files.exists(tag) ? Files.size(part) : 0;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(from).timeout(stall).header("User-Agent", "darkroom");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-")
                    .header("If-Range", Files.readString(tag));
        }
        HttpResponse<InputStream> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            requireSafe(response.uri());
            switch (response.statusCode()) {
                case 200 -> have = 0;
                case 206 -> requireStart(response, have);
                case 404, 410 -> {
                    return false;
                }
                case 416 -> {
                    Files.deleteIfExists(part);
                    throw new IOException("the server has less than was fetched already");
                }
                default -> throw refusal(from, response.statusCode());
            }
            remember(response, tag);
            receive(response, body, part, have, most);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(tag);
        return true;
    }

    private static IOException refusal(URI from, int status) {
        if (status == 429 || status >= 500) {
            return new IOException("the server answered " + status);
        }
        throw new ModelRefused(
                "%s answered %d: fetch the model yourself and name its folder as the location"
                        .formatted(from, status));
    }

    private static void requireStart(HttpResponse<?> response, long have) throws IOException {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + have + "-")) {
            throw new IOException("the server went on at another place: " + range);
        }
    }

    /// Only a strong tag says that the bytes are the same.
    private static void remember(HttpResponse<?> response, Path tag) throws IOException {
        String value = response.headers().firstValue("ETag").orElse("");
        if (value.startsWith("\"")) {
            Files.writeString(tag, value);
        } else {
            Files.deleteIfExists(tag);
        }
    }

    private void receive(
            HttpResponse<?> response, InputStream body, Path part, long have, long most)
            throws IOException {
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        requireRoom(response.uri(), part, have + Math.max(0, announced), most);
        Progress progress = new Progress(body);
        Thread watch = Thread.ofVirtual().start(progress);
        long received = 0;
        try (OutputStream out =
                Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        have > 0
                                ? StandardOpenOption.APPEND
                                : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                progress.moved();
                received += read;
                requireSize(response.uri(), have + received, most);
                out.write(buffer, 0, read);
            }
        } finally {
            progress.end();
            LockSupport.unpark(watch);
        }
        if (progress.stalled || (announced >= 0 && received != announced)) {
            throw new IOException(
                    "it broke off after %d of %d bytes"
                            .formatted(have + received, have + announced));
        }
    }

    private static void requireRoom(URI from, Path part, long size, long most) throws IOException {
        requireSize(from, size, most);
        long free = Files.getFileStore(part.getParent()).getUsableSpace();
        if (size > free) {
            throw new ModelUnavailable(
                    "%s has %d bytes, and %s has room for %d: make room there, or move the cache"
                            .formatted(from, size, part.getParent(), free));
        }
    }

    private static void requireSize(URI from, long size, long most) {
        if (size > most) {
            throw new ModelRefused(
                    "%s is larger than the %d bytes that are left of what a model may take"
                            .formatted(from, most));
        }
    }

    /// Ends a body that gives nothing for too long; a read has no time limit of its own.
    private final class Progress implements Runnable {
        private final InputStream body;
        private volatile long last = System.nanoTime();
        private volatile boolean ended;
        private volatile boolean stalled;

        Progress(InputStream body) {
            this.body = body;
        }

        void moved() {
            last = System.nanoTime();
        }

        void end() {
            ended = true;
        }

        @Override
        public void run() {
            while (!ended) {
                long left = stall.toNanos() - (System.nanoTime() - last);
                if (left > 0) {
                    LockSupport.parkNanos(left);
                    continue;
                }
                stalled = true;
                try {
                    body.close();
                } catch (IOException e) {
                    log.debug("A stalled download is closed already", e);
                }
                return;
            }
        }
    }
}
