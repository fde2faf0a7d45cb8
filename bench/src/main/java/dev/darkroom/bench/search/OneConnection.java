package dev.darkroom.bench.search;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client of HTTP that costs next to nothing, as pgbench is one of PostgreSQL: one connection, no
/// threads. It knows what Tomcat answers, and no more of HTTP.
final class OneConnection implements AutoCloseable {
    private final int port;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    OneConnection(int port) {
        this.port = port;
    }

    /// Connects, unless it is connected: Tomcat closes a connection after a hundred requests.
    void open() throws IOException {
        if (socket.isClosed() || !socket.isConnected()) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }
    }

    /// @param text the body
    record Answer(int status, String text) {}

    Answer get(String path) throws IOException {
        open();
        socket.getOutputStream()
                .write(
                        ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        int length = -1;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.equalsIgnoreCase("Connection: close");
        }
        Answer answer = new Answer(status, length >= 0 ? bytes(length) : chunks());
        if (last) {
            socket.close();
        }
        return answer;
    }

    private String chunks() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16);
                size > 0;
                size = Integer.parseInt(line(), 16)) {
            text.append(bytes(size));
            line();
        }
        line();
        return text.toString();
    }

    private String bytes(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new IOException("the service closed the connection");
            }
            line.append((char) letter);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
