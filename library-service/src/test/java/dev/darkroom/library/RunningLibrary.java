package dev.darkroom.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.FolderBlobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// library-service as it runs, on a real PostgreSQL, with one repository in a folder; rows are
/// written as the services write them, each as its own role. One for all tests of this JVM.
final class RunningLibrary {
    static final RunningLibrary SHARED = start();

    final MigratedDatabase database;
    final JdbcClient asIngest;
    final JdbcClient asThumbnail;
    final JdbcClient asLibrary;

    final JdbcClient asEmbedding;

    /// Stands where embedding-worker answers for words: status and body.
    final AtomicReference<Map.Entry<Integer, String>> words;

    /// The same for pictures of faces.
    final AtomicReference<Map.Entry<Integer, String>> pictures;

    /// Stands where embedding-worker makes depth maps: status and body.
    final AtomicReference<Callable<Map.Entry<Integer, String>>> depth;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI root;
    private final Path folder;
    private final FolderBlobStore blobs;

    UUID repositoryId = UUID.randomUUID();

    private RunningLibrary(
            MigratedDatabase database,
            int port,
            Path folder,
            AtomicReference<Map.Entry<Integer, String>> words,
            AtomicReference<Map.Entry<Integer, String>> pictures,
            AtomicReference<Callable<Map.Entry<Integer, String>>> depth)
            throws IOException {
        this.words = words;
        this.pictures = pictures;
        this.depth = depth;
        this.database = database;
        this.root = URI.create("http://127.0.0.1:" + port);
        this.folder = folder;
        this.blobs = FolderBlobStore.open(folder);
        this.asIngest = JdbcClient.create(database.pool(Role.INGEST));
        this.asThumbnail = JdbcClient.create(database.pool(Role.THUMBNAIL));
        this.asEmbedding = JdbcClient.create(database.pool(Role.EMBEDDING));
        this.asLibrary = JdbcClient.create(database.pool(Role.LIBRARY));
    }

    private static RunningLibrary start() {
        try {
            MigratedDatabase database = MigratedDatabase.create();
            AtomicReference<Map.Entry<Integer, String>> words =
                    new AtomicReference<>(Map.entry(409, "{}"));
            AtomicReference<Map.Entry<Integer, String>> pictures =
                    new AtomicReference<>(Map.entry(404, "{}"));
            AtomicReference<Callable<Map.Entry<Integer, String>>> depth =
                    new AtomicReference<>(() -> Map.entry(404, "{}"));
            String worker =
                    answering(
                            Map.of(
                                    "/api/words", words::get,
                                    "/api/faces", pictures::get,
                                    "/api/depth-maps", () -> depth.get().call()));
            ConfigurableApplicationContext service =
                    LibraryServiceApplication.application()
                            .run(
                                    "--server.port=0",
                                    "--darkroom.search.words-url=" + worker,
                                    "--darkroom.people.pictures-url=" + worker,
                                    "--darkroom.library.depth-url=" + worker,
                                    "--darkroom.library.depth-wait=1s",
                                    "--darkroom.library.thumbnail-wait=1s",
                                    "--darkroom.database.host=" + database.address().host(),
                                    "--darkroom.database.port=" + database.address().port(),
                                    "--darkroom.database.name=" + database.address().name(),
                                    "--darkroom.database.password=" + MigratedDatabase.PASSWORD);
            return new RunningLibrary(
                    database,
                    service.getEnvironment()
                            .getRequiredProperty("local.server.port", Integer.class),
                    Files.createTempDirectory("darkroom-library-test"),
                    words,
                    pictures,
                    depth);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the library does not start", e);
        }
    }

    private static String answering(Map<String, Callable<Map.Entry<Integer, String>>> answers)
            throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answers.forEach(
                (path, answer) -> server.createContext(path, exchange -> answer(exchange, answer)));
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Callable<Map.Entry<Integer, String>> answer)
            throws IOException {
        try (exchange) {
            Map.Entry<Integer, String> response = answer.call();
            byte[] body = response.getValue().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    response.getKey(), response.getKey() == 204 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// Forgets all rows and begins with a new repository in the same folder.
    void empty() {
        asIngest.sql("delete from repositories").update();
        asIngest.sql("delete from outbox").update();
        repositoryId = repository(folder.toUri().toString());
    }

    UUID repository(String path) {
        UUID id = UUID.randomUUID();
        asIngest.sql("insert into repositories (repository_id, name, path) values (?, 'test', ?)")
                .params(id, path)
                .update();
        return id;
    }

    /// A photo whose bytes are its name.
    UUID photo(String name, Instant takenAt) throws IOException {
        return asset("photo", name, takenAt, name.getBytes(StandardCharsets.UTF_8));
    }

    UUID asset(String type, String name, @Nullable Instant takenAt, byte[] bytes)
            throws IOException {
        UUID id = UUID.randomUUID();
        String key = "inbox/" + id;
        blobs.put(new BlobKey(key), bytes);
        asIngest.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename,
                            storage_path, mime_type, file_size, content_hash, taken_at)
                        values (:id, :repository, cast(:type as asset_type), :name, :path,
                            'image/jpeg', :size, :hash, :takenAt)
                        """)
                .param("id", id)
                .param("repository", repositoryId)
                .param("type", type)
                .param("name", name)
                .param("path", StorageUri.ofBlob(repositoryId, key).text())
                .param("size", bytes.length)
                .param("hash", contentHash(id + name))
                .param(
                        "takenAt",
                        takenAt == null ? null : takenAt.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return id;
    }

    void thumbnail(UUID assetId, String size, int width, int height, byte[] bytes)
            throws IOException {
        String key = "derived/" + assetId + "/" + size + ".jpg";
        blobs.put(new BlobKey(key), bytes);
        asThumbnail
                .sql(
                        """
                        insert into thumbnails (asset_id, size, asset_version, storage_path,
                            content_hash, file_size, width, height, thumbhash)
                        values (:id, :size, 1, :path, :hash, :bytes, :width, :height,
                            decode('1QcSHQRnh493V4dIh4eXh1h4kJUI', 'base64'))
                        """)
                .param("id", assetId)
                .param("size", size)
                .param("path", StorageUri.ofBlob(repositoryId, key).text())
                .param("hash", contentHash(assetId + size))
                .param("bytes", bytes.length)
                .param("width", width)
                .param("height", height)
                .update();
    }

    /// A depth map whose file holds a text.
    void depthMap(UUID assetId, String format, String text) throws IOException {
        String key = "depth/" + assetId + "." + format;
        blobs.put(new BlobKey(key), text.getBytes(StandardCharsets.UTF_8));
        asEmbedding
                .sql(
                        """
                        insert into depth_maps (asset_id, model_id, format, asset_version, storage_path,
                            content_hash, file_size, width, height, processing_params)
                        values (:id, 'near@1', :format, 1, :path, :hash, :bytes, 4, 3, '{"min": 0.25}')
                        on conflict (asset_id, model_id, format) do update set
                            content_hash = excluded.content_hash
                        """)
                .param("id", assetId)
                .param("format", format)
                .param("path", StorageUri.ofBlob(repositoryId, key).text())
                .param("hash", contentHash(text))
                .param("bytes", text.length())
                .update();
    }

    /// Writes over the file of a depth map, as a bad disk would.
    void damageDepthMap(UUID assetId, String format) throws IOException {
        Files.writeString(folder.resolve("depth/" + assetId + "." + format), "damaged");
    }

    void thumbnailTask(UUID assetId, String status, @Nullable String error) {
        asIngest.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        values (:id, 'thumbnail', 1, 'pending')
                        """)
                .param("id", assetId)
                .update();
        asThumbnail
                .sql(
                        """
                        update processing_tasks set status = cast(:status as task_status),
                            last_error = :error, attempts = 1
                        where asset_id = :id and task = 'thumbnail'
                        """)
                .param("id", assetId)
                .param("status", status)
                .param("error", error, Types.VARCHAR)
                .update();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /// With a body of JSON, whose quotes may be single ones.
    HttpResponse<String> say(String method, String path, String body) {
        return send(
                HttpRequest.newBuilder(root.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.toString(), e);
        }
    }

    JsonNode json(HttpResponse<String> response) {
        return json.readTree(response.body());
    }

    JsonNode getJson(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    int port() {
        return root.getPort();
    }

    static String contentHash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
