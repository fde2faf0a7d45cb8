package dev.darkroom.bench.search;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.library.LibraryServiceApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How many of the ten nearest a search finds, and how long it takes, against pgbench sending the
/// statements of the same searches. `-Dbench.files=100000` says how many vectors there are.
public final class SearchBench {
    private static final int QUESTIONS = 100;
    private static final int SEARCHES = 1_000;

    /// Until the service's code is compiled.
    private static final int WARM_UP = 6_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final JsonMapper json = JsonMapper.builder().build();
    private final VectorLibrary library;
    private final int port;
    private final int size;
    private final List<UUID> questions = new ArrayList<>();
    private final int rounds = Integer.getInteger("rounds", 5);

    private SearchBench(VectorLibrary library, int port, int size) {
        this.library = library;
        this.port = port;
        this.size = size;
        Random random = new Random(2);
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(VectorLibrary.asset(random.nextInt(size)));
        }
    }

    public static void main(String[] args) throws Exception {
        for (String size : System.getProperty("files", "100000").split(",", -1)) {
            Path folder = Files.createTempDirectory("darkroom-search");
            try (VectorLibrary library =
                    VectorLibrary.make(folder.resolve("postgres"), Integer.parseInt(size))) {
                measure(library, Integer.parseInt(size), folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private static void measure(VectorLibrary library, int size, Path folder) throws Exception {
        double built = library.buildIndex();
        DatabaseAddress address = library.address();
        try (ConfigurableApplicationContext service =
                LibraryServiceApplication.application()
                        .run(
                                "--server.port=0",
                                "--darkroom.database.host=" + address.host(),
                                "--darkroom.database.port=" + address.port(),
                                "--darkroom.database.name=" + address.name(),
                                "--darkroom.database.password=" + VectorLibrary.PASSWORD)) {
            int port =
                    service.getEnvironment()
                            .getRequiredProperty("local.server.port", Integer.class);
            SearchBench bench = new SearchBench(library, port, size);
            bench.out.printf(
                    Locale.ROOT, "%,d vectors of 512, index built in %.0f s%n", size, built);
            bench.recall("");
            bench.recall("&camera=Camera%207");
            bench.recall("&camera=Camera%201");
            bench.latency(folder);
        }
    }

    private void recall(String filter) throws Exception {
        int found = 0;
        int wanted = 0;
        for (UUID question : questions) {
            List<String> exact = ids(search(question, filter + "&exact=true"));
            List<String> answers = ids(search(question, filter));
            wanted += exact.size();
            found += (int) exact.stream().filter(answers::contains).count();
        }
        String how =
                search(questions.getFirst(), filter + "&explain=true")
                        .get("steps")
                        .get(0)
                        .get("because")
                        .asString();
        out.printf(
                Locale.ROOT,
                "recall@10 %.4f with filter '%s' (%s)%n",
                (double) found / wanted,
                filter,
                how);
    }

    private void latency(Path folder) throws Exception {
        if (!PgBench.isHere()) {
            out.println("pgbench: not run, it is not installed");
            return;
        }
        PgBench rival = new PgBench(library.address(), folder);
        for (UUID question : questions) {
            rival.add(parameters(question), ids(search(question, "")));
        }
        rival.run(SEARCHES);
        ours(WARM_UP);
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean first = round % 2 == 0;
            List<Double> theirs = first ? rival.run(SEARCHES) : List.of();
            List<Double> ours = ours(SEARCHES);
            theirs = first ? theirs : rival.run(SEARCHES);
            p50.add(Percentiles.of(ours, .5) / Percentiles.of(theirs, .5));
            p99.add(Percentiles.of(ours, .99) / Percentiles.of(theirs, .99));
            out.printf(
                    Locale.ROOT,
                    "library-service p50 %.2f ms, p99 %.2f; pgbench p50 %.2f, p99 %.2f; ratio %.2f, %.2f%n",
                    Percentiles.of(ours, .5),
                    Percentiles.of(ours, .99),
                    Percentiles.of(theirs, .5),
                    Percentiles.of(theirs, .99),
                    p50.getLast(),
                    p99.getLast());
        }
        out.printf(
                Locale.ROOT,
                "median ratio of %d rounds: p50 %.2f, p99 %.2f%n",
                rounds,
                Percentiles.of(p50, .5),
                Percentiles.of(p99, .5));
    }

    private List<Double> ours(int searches) throws Exception {
        List<Double> milliseconds = new ArrayList<>();
        Random random = new Random(3);
        try (OneConnection connection = new OneConnection(port)) {
            for (int i = 0; i < searches; i++) {
                String path = path(questions.get(random.nextInt(QUESTIONS)), "");
                connection.open();
                long start = System.nanoTime();
                connection.get(path);
                milliseconds.add((System.nanoTime() - start) / 1e6);
            }
        }
        return milliseconds;
    }

    private Map<String, String> parameters(UUID question) throws SQLException {
        Map<String, String> parameters = new HashMap<>();
        for (String absent :
                List.of(
                        "type",
                        "from",
                        "to",
                        "camera",
                        "album",
                        "person",
                        "tag",
                        "latitude",
                        "longitude",
                        "south",
                        "north",
                        "kilometres")) {
            parameters.put(absent, "null");
        }
        String space = library.query("select space_id from embedding_spaces");
        String vector =
                library.query(
                        "select embedding from embeddings where asset_id = '%s'"
                                .formatted(question));
        parameters.put("space", "'" + space + "'");
        parameters.put("asset", "'" + question + "'");
        parameters.put("self", "'" + question + "'");
        parameters.put("vector", "'" + vector + "'");
        // As library-service chooses it.
        double candidates = 200 * Math.pow(2, Math.log10(Math.max(1, size / 1e5)));
        parameters.put("efSearch", "'" + Math.round(candidates) + "'");
        parameters.put("probes", "'10'");
        parameters.put("distance", "'-Infinity'");
        parameters.put("id", "'00000000-0000-0000-0000-000000000000'");
        parameters.put("limit", "11");
        return parameters;
    }

    private static String path(UUID question, String more) {
        return "/api/search?limit=10&similarTo=" + question + more;
    }

    private JsonNode search(UUID question, String more) throws IOException {
        try (OneConnection connection = new OneConnection(port)) {
            String text = connection.get(path(question, more)).text();
            JsonNode answer = json.readTree(text);
            if (!answer.has("items")) {
                throw new IllegalStateException(text);
            }
            return answer;
        }
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.get("items").forEach(item -> ids.add(item.get("assetId").asString()));
        return ids;
    }
}
