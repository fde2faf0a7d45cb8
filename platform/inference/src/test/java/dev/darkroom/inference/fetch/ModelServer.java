package dev.darkroom.inference.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A web server with a model on it that can break off, hang, lie, and go on where it stopped.
final class ModelServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile int breakAfter = -1;
    private volatile boolean hangs;
    private volatile boolean tagged = true;
    private volatile int status = -1;
    private volatile String redirect = "";

    ModelServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    /// The next answer with more bytes than this ends after them; those that follow are whole.
    void breakOnceAfter(int bytes) {
        breakAfter = bytes;
    }

    void hangOnceAfter(int bytes) {
        breakAfter = bytes;
        hangs = true;
    }

    void withoutTags() {
        tagged = false;
    }

    void answerOnlyWith(int code) {
        status = code;
    }

    void redirectTo(String address) {
        redirect = address;
    }

    /// `path` or `path from` for each request, in order.
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? path : path + " " + range.replace("bytes=", ""));
        try (exchange) {
            byte[] content = files.get(path);
            if (!redirect.isEmpty()) {
                exchange.getResponseHeaders().set("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
            } else if (status != -1) {
                exchange.sendResponseHeaders(status, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, content, range);
            }
        }
    }

    private void send(HttpExchange exchange, byte[] content, String range) throws IOException {
        String tag = "\"" + Arrays.hashCode(content) + "\"";
        if (tagged) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        int from = 0;
        if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        int length = content.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        int stop = breakAfter;
        if (stop >= 0 && length > stop) {
            breakAfter = -1;
            exchange.getResponseBody().write(content, from, stop);
            exchange.getResponseBody().flush();
            if (hangs) {
                hangs = false;
                await();
            }
            throw new IOException("broken on purpose");
        }
        exchange.getResponseBody().write(content, from, length);
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
