package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What a model is called in rows and in events: `name@digest`. The digest covers every byte that
/// decides its answers, so vectors under one id can be compared, whoever made them.
public final class ModelIds {
    private static final int DIGITS = 12;

    private ModelIds() {}

    /// Reads the files once; half a gigabyte takes about a second.
    public static String of(Plan plan) {
        MessageDigest all = sha256();
        for (Path file : plan.files()) {
            for (Path part : withWeights(file)) {
                all.update(digest(part));
            }
        }
        plan.resolved().forEach((key, value) -> all.update(line(key, value)));
        String name = plan.name().replaceAll("[^A-Za-z0-9._-]+", "_");
        return name + "@" + HexFormat.of().formatHex(all.digest()).substring(0, DIGITS);
    }

    /// Of a file; for the keys of what was computed from it.
    public static String sha256(Path file) {
        return HexFormat.of().formatHex(digest(file));
    }

    /// Weights may lie beside a graph: `model.onnx_data`, `model.onnx.data`.
    private static List<Path> withWeights(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".onnx")) {
            return List.of(file);
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(beside -> beside.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelRefused(file.getParent() + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static byte[] digest(Path file) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
        return digest.digest();
    }

    private static byte[] line(String key, String value) {
        return (key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
