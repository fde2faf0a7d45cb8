package dev.darkroom.ingest.upload.tus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.ingest.upload.UploadServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/// Speaks tus 1.0.0 to a server, and breaks the line when told to.
final class TusClient {
    private static final String CHUNK = "application/offset+octet-stream";

    private final UploadServer server;

    TusClient(UploadServer server) {
        this.server = server;
    }

    /// Sends a request; `headers` are names and values in turn.
    HttpResponse<String> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                server.request(path)
                        .header("Tus-Resumable", "1.0.0")
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return server.send(request.build());
    }

    String create(long length) throws IOException, InterruptedException {
        HttpResponse<String> created =
                send(
                        "POST",
                        "/api/uploads",
                        new byte[0],
                        "Upload-Length",
                        Long.toString(length),
                        "Upload-Metadata",
                        "filename " + base64("IMG 1.JPG"));
        return created.headers().firstValue("Location").orElseThrow();
    }

    HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return send("HEAD", path, new byte[0]);
    }

    HttpResponse<String> patch(String path, long offset, byte[] chunk, String... headers)
            throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = CHUNK;
        all[headers.length + 2] = "Upload-Offset";
        all[headers.length + 3] = Long.toString(offset);
        return send("PATCH", path, chunk, all);
    }

    /// Where the server is, once it has noticed that the line before this one broke.
    long offset(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = head(path);
        while (answer.statusCode() == 423) {
            answer = head(path);
        }
        return offset(answer);
    }

    static long offset(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
    }

    /// Begins to send the rest of a file, and stays open after this many bytes of it.
    Socket beginPatch(String path, int offset, byte[] file, int sent, String... headers)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        StringBuilder head = new StringBuilder("PATCH " + path + " HTTP/1.1\r\nHost: here\r\n");
        head.append("Tus-Resumable: 1.0.0\r\nConnection: close\r\nContent-Type: " + CHUNK);
        head.append("\r\nUpload-Offset: " + offset);
        head.append("\r\nContent-Length: " + (file.length - offset));
        for (int i = 0; i < headers.length; i += 2) {
            head.append("\r\n" + headers[i] + ": " + headers[i + 1]);
        }
        socket.getOutputStream().write((head + "\r\n\r\n").getBytes(UTF_8));
        socket.getOutputStream().write(file, offset, sent);
        socket.getOutputStream().flush();
        return socket;
    }

    static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
