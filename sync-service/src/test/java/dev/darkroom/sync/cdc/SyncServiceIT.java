package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.sync.SyncServiceApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service as a Spring Boot application of its own, and its HTTP interface.
class SyncServiceIT {
    private static final Path DESCRIPTION = Path.of("..", "docs", "openapi-sync.yaml");

    @TempDir static Path folder;
    private static StreamHouse house;
    private static ConfigurableApplicationContext service;
    private static URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        house = StreamHouse.open(folder.resolve("house"));
        service =
                new SpringApplicationBuilder(SyncServiceApplication.class)
                        .properties("spring.config.name=sync-service")
                        .run(
                                "--darkroom.kafka.bootstrap-servers="
                                        + house.kafka().bootstrapServers(),
                                "--darkroom.database.host=" + house.address().host(),
                                "--darkroom.database.port=" + house.address().port(),
                                "--darkroom.database.name=" + house.address().name(),
                                "--server.port=0",
                                "--darkroom.database.password=secret",
                                "--darkroom.sync.folders.settle=50ms",
                                "--darkroom.sync.cdc.password=secret");
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        house.close();
    }

    @Test
    void itLeadsTheChangeStreams() throws Exception {
        ChangeStreams stream = service.getBean(ChangeStreams.class);
        house.write(Library.repository());

        assertThat(stream.state()).isInstanceOf(StreamState.Leading.class);
        StreamHouse.await("a record", () -> stream.recordsPublished() > 0);
        assertThat(stream.lastLsn()).isPositive();
        JsonNode streams = json(get("/api/streams"), 200);
        assertThat(streams.path("role").asString()).isEqualTo("leading");
        assertThat(streams.at("/slot/walStatus").asString()).isEqualTo("reserved");
        assertThat(json(post("/api/streams/repair", "{}"), 202).path("doing").asString())
                .contains("comparing");
    }

    @Test
    void whatWasDoneAboutAFolderIsToldConfirmedAndTakenBack() throws Exception {
        // given
        Path photos = follow("told");
        Files.createDirectory(photos.resolve("most"));
        for (int i = 0; i < 12; i++) {
            Files.writeString(photos.resolve((i < 11 ? "most/" : "") + i + ".jpg"), "content " + i);
        }
        StreamHouse.await("its files", () -> state("told").at("/repository/files").asInt() == 12);
        StreamHouse.await(
                "its contents", () -> state("told").at("/repository/pending").asInt() == 0);

        // when: most of them vanish
        Files.move(photos.resolve("most"), folder.resolve("elsewhere"));
        StreamHouse.await("the fuse", () -> held("told").size() == 1);

        // then: a dry run says so, somebody confirms, and is sorry
        JsonNode plan = json(post("/api/repositories/told/operations", "{\"dryRun\":true}"), 200);
        assertThat(plan.path("held").asBoolean()).isTrue();
        assertThat(plan.at("/counts/held").asInt()).isEqualTo(11);
        assertThat(plan.path("removed")).hasSize(11);
        long id = held("told").get(0).path("id").asLong();
        JsonNode confirmed = json(post("/api/operations/" + id + "/confirm", "{}"), 200);
        assertThat(confirmed.path("status").asString()).isEqualTo("completed");
        assertThat(confirmed.at("/counts/removed").asInt()).isEqualTo(11);
        assertThat(json(get("/api/operations/" + id), 200)).isEqualTo(confirmed);
        problem(post("/api/operations/" + id + "/confirm", "{}"), 409, "holds nothing");
        JsonNode undo = json(post("/api/operations/" + id + "/undo", "{}"), 200);
        assertThat(undo.path("undoes").asLong()).isEqualTo(id);
        problem(post("/api/operations/" + id + "/undo", "{}"), 409, "is undone");
        assertThat(state("told").at("/repository/paused").asString()).contains("was undone");
        problem(post("/api/repositories/told/operations", "{}"), 409, "sync resume told");
        assertThat(json(post("/api/repositories/told/resume", "{}"), 200).path("paused").isNull())
                .isTrue();
        problem(post("/api/repositories/told/resume", "{}"), 409, "is not paused");
    }

    @Test
    void aScanCanBeAskedFor() throws Exception {
        Path photos = follow("asked");
        Files.writeString(photos.resolve("a.jpg"), "a");
        StreamHouse.await("its file", () -> state("asked").at("/repository/files").asInt() == 1);

        JsonNode begun =
                json(
                        post("/api/repositories/asked/operations", "{\"type\":\"reconciliation\"}"),
                        202);

        assertThat(begun.path("type").asString()).isEqualTo("reconciliation");
        StreamHouse.await(
                "its end",
                () ->
                        json(get("/api/operations/" + begun.path("id").asLong()), 200)
                                .path("status")
                                .asString()
                                .equals("completed"));
        assertThat(json(get("/api/operations?repository=asked&limit=1"), 200)).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsAProblemThatSaysWhatToDo() throws Exception {
        problem(get("/api/repositories/nowhere/sync"), 404, "./darkroom repository list");
        problem(get("/api/operations/99999"), 404, "./darkroom sync operations");
        problem(get("/api/operations?repository=nowhere"), 404, "there is no repository nowhere");
        problem(post("/api/operations/99999/undo", "{}"), 404, "there is no operation 99999");
        problem(
                post("/api/repositories/nowhere/operations", "{\"type\":\"startup\"}"),
                400,
                "not: startup");
        problem(post("/api/repositories/nowhere/operations", "{\"dryRun\":7.5}"), 400, "the form");
        problem(get("/api/operations/first"), 400, "");
    }

    /// When the interface was meant to change: run this test with `-Dsnapshots=write` and commit
    /// the file.
    @Test
    void itsInterfaceIsWhatTheCommittedDescriptionSays() throws Exception {
        String served = get("/openapi.yaml").body();
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.writeString(DESCRIPTION, served);
        }

        assertThat(served).isEqualTo(Files.readString(DESCRIPTION));
    }

    @Test
    void everyOperationSaysWhatItIsAndShowsWhatItAnswers() throws Exception {
        JsonNode api = json(get("/v3/api-docs"), 200);
        List<String> missing = new ArrayList<>();
        api.path("paths")
                .forEachEntry(
                        (path, methods) ->
                                methods.forEachEntry(
                                        (method, operation) -> {
                                            String name = method + " " + path;
                                            if (operation.path("summary").asString("").isBlank()) {
                                                missing.add(name + ": summary");
                                            }
                                            operation
                                                    .path("parameters")
                                                    .forEach(
                                                            one -> {
                                                                if (!one.has("description")) {
                                                                    missing.add(name + ": " + one);
                                                                }
                                                            });
                                            operation
                                                    .path("responses")
                                                    .forEachEntry(
                                                            (code, answer) -> {
                                                                if (!code.equals("default")
                                                                        && !answer.at("/content")
                                                                                .isEmpty()
                                                                        && answer.findValue(
                                                                                        "example")
                                                                                == null) {
                                                                    missing.add(
                                                                            name
                                                                                    + ": example of "
                                                                                    + code);
                                                                }
                                                            });
                                        }));

        assertThat(missing).isEmpty();
    }

    private Path follow(String name) throws Exception {
        Path root = Files.createDirectories(folder.resolve(name));
        house.writeAs(
                Role.INGEST,
                "insert into repositories (name, path, watched) values ('%s', '%s', true)"
                        .formatted(name, root));
        return root;
    }

    private JsonNode state(String repository) throws Exception {
        return json(get("/api/repositories/" + repository + "/sync"), 200);
    }

    private JsonNode held(String repository) throws Exception {
        return json(get("/api/operations?status=held&repository=" + repository), 200);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status, String why) {
        JsonNode problem = json(answer, status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString("")).contains(why);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, null);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
