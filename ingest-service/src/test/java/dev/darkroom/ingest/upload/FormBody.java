package dev.darkroom.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// A `multipart/form-data` body as browsers write it.
final class FormBody {
    static final String CONTENT_TYPE = "multipart/form-data; boundary=----a-boundary";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    FormBody field(String name, String value) {
        write("------a-boundary\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
        write(value + "\r\n");
        return this;
    }

    FormBody file(String fileName, byte[] content, String... headers) {
        return part("file", fileName, content, headers);
    }

    FormBody part(String name, String fileName, byte[] content, String... headers) {
        write("------a-boundary\r\nContent-Disposition: form-data; name=\"" + name + "\"; ");
        write("filename=\"" + fileName + "\"\r\nContent-Type: image/jpeg\r\n");
        for (String header : headers) {
            write(header + "\r\n");
        }
        write("\r\n");
        bytes.writeBytes(content);
        write("\r\n");
        return this;
    }

    byte[] end() {
        write("------a-boundary--\r\n");
        return bytes.toByteArray();
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
    }
}
