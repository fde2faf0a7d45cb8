package dev.darkroom.bench.search;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Pools;
import dev.darkroom.database.Sql;
import dev.darkroom.embedding.EmbeddingWorkerApplication;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.library.LibraryServiceApplication;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/// What a search notices of another model: while its space is filled, activated, rolled back and
/// given another index. One person searches all the time; the same searches without any of that are
/// the measure. `-Dbench.files=100000` says how many vectors the old space has.
public final class SwitchBench {
    private static final int FILLED = 1_000;
    private static final int BATCH = 32;
    private static final int SWITCHES = 10;
    static final Sql SPACE =
            new Sql("select space_id from embedding_spaces where model_id like :model");

    private static final String OLD = "bench";
    private static final String NEW = "visual-v1";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final VectorLibrary library;
    private final URI searches;
    private final URI spaces;
    private final Random random = new Random(4);
    private int failed;

    private SwitchBench(VectorLibrary library, URI searches, URI spaces) {
        this.library = library;
        this.searches = searches;
        this.spaces = spaces;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-switch");
        int size = Integer.getInteger("files", 100_000);
        try (VectorLibrary library = VectorLibrary.make(folder.resolve("postgres"), size)) {
            library.buildIndex();
            try (ConfigurableApplicationContext service =
                            start(LibraryServiceApplication.class, library, "library-service");
                    ConfigurableApplicationContext worker =
                            start(
                                    EmbeddingWorkerApplication.class,
                                    library,
                                    EmbeddingWorkerApplication.NAME,
                                    "--darkroom.kafka.bootstrap-servers="
                                            + library.bootstrapServers(),
                                    "--darkroom.embedding.take-over=false")) {
                new SwitchBench(library, address(service), address(worker)).run(size);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private static ConfigurableApplicationContext start(
            Class<?> service, VectorLibrary library, String name, String... more) {
        DatabaseAddress database = library.address();
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--spring.config.name=" + name,
                                "--server.port=0",
                                "--darkroom.database.host=" + database.host(),
                                "--darkroom.database.port=" + database.port(),
                                "--darkroom.database.name=" + database.name(),
                                "--darkroom.database.password=" + VectorLibrary.PASSWORD));
        settings.addAll(List.of(more));
        return new SpringApplicationBuilder(service).run(settings.toArray(String[]::new));
    }

    private static URI address(ConfigurableApplicationContext service) {
        return URI.create(
                "http://127.0.0.1:"
                        + service.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private void run(int size) throws Exception {
        out.printf(
                Locale.ROOT, "%,d vectors of 512; a new space is filled and switched to%n", size);
        int rounds = Integer.getInteger("rounds", 5);
        // Only assets that the new space has too can be asked for while it is searched.
        fill(0);
        search(500);
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            int first = round * FILLED;
            CompletableFuture<Void> change = CompletableFuture.runAsync(() -> change(first));
            List<Double> busy = searchWhile(() -> !change.isDone());
            change.join();
            List<Double> calm = search(busy.size());
            ratios.add(Percentiles.of(busy, .99) / Percentiles.of(calm, .99));
            out.printf(
                    Locale.ROOT,
                    "%,d searches: p50 %.2f ms, p99 %.2f ms while spaces change; %.2f, %.2f when not; p99 ratio %.2f%n",
                    busy.size(),
                    Percentiles.of(busy, .5),
                    Percentiles.of(busy, .99),
                    Percentiles.of(calm, .5),
                    Percentiles.of(calm, .99),
                    ratios.getLast());
        }
        out.printf(
                Locale.ROOT,
                "median p99 ratio of %d rounds %.2f; failed or empty searches %d%n",
                rounds,
                Percentiles.of(ratios, .5),
                failed);
    }

    /// What an operator and a worker do when a model is changed.
    private void change(int first) {
        fill(first);
        for (int i = 0; i < SWITCHES; i++) {
            post("/api/spaces/%s/activate".formatted(NEW), "{}");
            post("/api/spaces/rollback?role=visual", "{}");
        }
        post("/api/spaces/%s/index".formatted(NEW), "{\"kind\": \"hnsw\"}");
        post("/api/spaces/%s/activate".formatted(OLD), "{}");
    }

    private void fill(int first) {
        try (HikariDataSource pool =
                Pools.open(
                        library.address(),
                        new Login(Role.EMBEDDING.roleName(), VectorLibrary.PASSWORD),
                        "switch")) {
            Vectors vectors = new Vectors(JdbcClient.create(pool));
            TransactionTemplate transaction =
                    new TransactionTemplate(new JdbcTransactionManager(pool));
            UUID space =
                    JdbcClient.create(pool)
                            .sql(SPACE.text())
                            .param("model", NEW + "@%")
                            .query((row, _) -> row.getObject(1, UUID.class))
                            .single();
            for (int from = first; from < first + FILLED; from += BATCH) {
                List<Vectors.Vector> batch = new ArrayList<>();
                for (int i = from; i < Math.min(from + BATCH, first + FILLED); i++) {
                    batch.add(
                            new Vectors.Vector(
                                    VectorLibrary.asset(i),
                                    1,
                                    space,
                                    VectorLibrary.anyVector(random)));
                }
                transaction.executeWithoutResult(_ -> vectors.put(batch));
            }
        }
    }

    private List<Double> search(int searches) throws Exception {
        int[] left = {searches};
        return searchWhile(() -> left[0]-- > 0);
    }

    private List<Double> searchWhile(BooleanSupplier on) throws Exception {
        List<Double> milliseconds = new ArrayList<>();
        Random questions = new Random(5);
        try (OneConnection connection = new OneConnection(searches.getPort())) {
            while (on.getAsBoolean()) {
                UUID question = VectorLibrary.asset(questions.nextInt(FILLED));
                connection.open();
                long start = System.nanoTime();
                OneConnection.Answer answer =
                        connection.get("/api/search?limit=10&similarTo=" + question);
                milliseconds.add((System.nanoTime() - start) / 1e6);
                if (answer.status() != 200 || !answer.text().contains("\"assetId\"")) {
                    failed++;
                    out.println(answer);
                }
            }
        }
        return milliseconds;
    }

    private void post(String path, String body) {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(spaces.resolve(path))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
