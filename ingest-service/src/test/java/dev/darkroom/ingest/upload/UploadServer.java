package dev.darkroom.ingest.upload;

import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.FolderBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The upload doors behind a real web server on a free port, with a Kafka that is a list.
public final class UploadServer implements AutoCloseable {
    public static final UUID REPOSITORY = UUID.fromString("019ab3c4-0000-7000-8000-000000000001");
    public static final long MAX_SIZE = 2 * 1024 * 1024;

    public final RecordingSubmissions submissions = new RecordingSubmissions();
    public final FolderBlobStore store;
    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    private UploadServer(Path folder) throws IOException {
        this.folder = folder;
        this.store = FolderBlobStore.open(folder.resolve("library"));
        this.context =
                new SpringApplicationBuilder(Doors.class)
                        .initializers(
                                context -> {
                                    var beans = context.getBeanFactory();
                                    beans.registerSingleton("submissions", submissions);
                                    beans.registerSingleton(
                                            "place", new UploadPlace(store, REPOSITORY));
                                })
                        .run(
                                "--spring.config.name=ingest-service",
                                "--server.port=0",
                                "--darkroom.upload.folder=" + folder.resolve("uploads"),
                                "--darkroom.upload.max-size=" + MAX_SIZE + "B",
                                "--darkroom.upload.tidy-every=1h");
    }

    /// What is scanned: the doors alone, without the service's database and Kafka.
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @ComponentScan
    static class Doors {}

    public static UploadServer start(Path folder) throws IOException {
        return new UploadServer(folder);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port()).resolve(path));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode json(HttpResponse<String> response) {
        return json.readTree(response.body());
    }

    /// The file with the bytes of a partial upload.
    public Path part(UUID id) {
        return folder.resolve("uploads/parts").resolve(id.toString());
    }

    public byte[] uploaded(UUID assetId) throws IOException {
        try (InputStream bytes = store.read(UploadPlace.keyOf(assetId))) {
            return bytes.readAllBytes();
        }
    }

    /// The names of all files that are kept: blobs, blobs in staging, and everything under way.
    public List<String> filesKept() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.equals("uploads/lock"))
                    .toList();
        }
    }

    /// Back to how it started.
    public void forgetEverything() throws IOException {
        submissions.clear();
        for (String file : filesKept()) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    public List<BlobKey> blobs() throws IOException {
        try (Stream<BlobKey> keys = store.list("")) {
            return keys.toList();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
