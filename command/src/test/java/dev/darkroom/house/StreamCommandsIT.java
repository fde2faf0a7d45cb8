package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.Typed;
import dev.darkroom.schema.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators and analysts type about the change streams, against the whole system.
class StreamCommandsIT {
    private final House house = House.shared();
    private final UUID repository = UUID.randomUUID();
    private final String name = "typed-" + repository;

    private Typed type(String... arguments) {
        return Typed.here(withData(arguments));
    }

    private String[] withData(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data");
        all.add(house.data().toString());
        return all.toArray(String[]::new);
    }

    private void insertRepository() throws Exception {
        house.as(Role.INGEST)
                .sql(
                        "insert into repositories (repository_id, name, path) values (:id, :name, :path)")
                .param("id", repository)
                .param("name", name)
                .param("path", "/typed/" + repository)
                .update();
        awaitItsRecord("c");
    }

    private void awaitItsRecord(String op) {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                !house.records(
                                                "cdc.repositories",
                                                record ->
                                                        text(record.key())
                                                                        .contains(
                                                                                repository
                                                                                        .toString())
                                                                && text(record.headers()
                                                                                .lastHeader("op")
                                                                                .value())
                                                                        .equals(op))
                                        .isEmpty());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private URI sync(String path) {
        return house.running().sync().resolve(path);
    }

    @Test
    void repairComparesEveryTableAndStatusSaysThatNothingDiffers() throws Exception {
        // when
        Typed repair = type("stream", "repair");

        // then
        assertThat(repair.out())
                .contains("comparing all tables with their topics")
                .contains("no row differs from its topic");
        assertThat(repair.code()).as(repair.toString()).isZero();
        Typed status = type("stream", "status");
        assertThat(status.code()).as(status.toString()).isZero();
        assertThat(status.out())
                .containsPattern("stream +leading  since ")
                .containsPattern("slot +reserved, read")
                .containsPattern("log kept +.* of ");
    }

    @Test
    void statusAsJsonIsWhatTheServiceAnswers() throws Exception {
        JsonNode typed = JsonMapper.shared().readTree(type("stream", "status", "--json").out());
        HttpResponse<String> answer =
                house.send(HttpRequest.newBuilder(sync("/api/streams")).build());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode answered = JsonMapper.shared().readTree(answer.body());
        assertThat(typed.path("role").asString()).isEqualTo("leading");
        assertThat(typed.path("detail")).isEqualTo(answered.path("detail"));
        assertThat(typed.propertyNames()).isEqualTo(answered.propertyNames());
        assertThat(typed.at("/slot/limitBytes").asLong()).isPositive();
        assertThat(typed.path("alarm").asString()).isEqualTo("NONE");
    }

    @Test
    void aRepairIsBegunOverHttp() throws Exception {
        HttpResponse<String> answer =
                house.send(
                        HttpRequest.newBuilder(sync("/api/streams/repair"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("comparing all tables");
    }

    @Test
    void tailWritesTheChangesThatWereAskedForAndEndsAtTheEnd() throws Exception {
        insertRepository();
        house.as(Role.INGEST)
                .sql("update repositories set path = path || '/moved' where repository_id = :id")
                .param("id", repository)
                .update();
        awaitItsRecord("u");

        Typed tail =
                Typed.inAProcess(
                        withData(
                                "tail",
                                "--table",
                                "repositories",
                                "--op",
                                "c,u",
                                "--where",
                                "row.name == \"" + name + "\"",
                                "--from",
                                "beginning",
                                "--exit-at-end",
                                "--format",
                                "%o %k %{path}"));

        assertThat(tail.code()).as(tail.toString()).isZero();
        assertThat(tail.out().lines())
                .containsExactly(
                        "c " + repository + " /typed/" + repository,
                        "u " + repository + " /typed/" + repository + "/moved");
    }

    @Test
    void tailGivesTheRowAloneAndStopsAfterSoMany() throws Exception {
        insertRepository();

        Typed flat =
                Typed.inAProcess(
                        withData(
                                "tail",
                                "--table",
                                "repositories",
                                "--where",
                                "row.name == \"" + name + "\"",
                                "--from",
                                "@-1h",
                                "-n",
                                "1",
                                "--flat"));

        assertThat(flat.code()).as(flat.toString()).isZero();
        JsonNode row = JsonMapper.shared().readTree(flat.out());
        assertThat(row.path("repository_id").asString()).isEqualTo(repository.toString());
        assertThat(row.path("__op").asString()).isEqualTo("c");
        assertThat(row.path("__table").asString()).isEqualTo("repositories");
        assertThat(row.path("__lsn").asLong()).isPositive();
    }

    @Test
    void metricsAndHealthSayHowTheStreamsAre() throws Exception {
        HttpResponse<String> health =
                house.send(HttpRequest.newBuilder(sync("/actuator/health")).build());

        assertThat(metric("darkroom.stream.leading")).isEqualTo(1);
        assertThat(metric("darkroom.stream.alarm")).isZero();
        assertThat(metric("darkroom.stream.limit")).isEqualTo(8L << 30);
        assertThat(metric("darkroom.reconciler.differing")).isZero();
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(health.body()).path("status").asString())
                .isEqualTo("UP");
    }

    private double metric(String name) throws Exception {
        HttpResponse<String> answer =
                house.send(HttpRequest.newBuilder(sync("/actuator/metrics/" + name)).build());
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).at("/measurements/0/value").asDouble();
    }

    @Test
    void tailExplainsWhatItCannotDo() {
        assertThat(type("tail", "--table", "no_such").code()).isEqualTo(2);
        assertThat(type("tail", "--table", "no_such").err())
                .contains("there is no topic cdc.no_such", "cdc.repositories");
        Typed wrong = type("tail", "--where", "rating > 3");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no 'rating'", "after.rating");
        assertThat(type("tail", "--from", "yesterday").code()).isEqualTo(2);
        assertThat(type("tail", "--flat", "--format", "%k").err()).contains("forms of JSON");
    }

    @Test
    void rebuildMakesACopyAndOverwritesOneOnlyWhenTold() throws Exception {
        insertRepository();
        String url =
                "jdbc:postgresql://%s:%d/typed_copy"
                        .formatted(house.running().databaseHost(), house.running().databasePort());

        Typed first = type("rebuild", "--into", url, "--tables", "repositories");
        Typed second = type("rebuild", "--into", url, "--tables", "repositories");
        Typed third = type("rebuild", "--into", url, "--tables", "repositories", "--overwrite");
        Typed source = type("rebuild", "--into", house.running().jdbcUrl(), "--overwrite");

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.out())
                .containsPattern("repositories +[1-9]")
                .contains("each table checked against its topic");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("rows already in repositories", "--overwrite");
        assertThat(third.code()).as(third.toString()).isZero();
        assertThat(source.code()).isEqualTo(2);
        assertThat(source.err()).contains("is itself captured");
    }

    @Test
    void asOfTellsWhatARowWasAndWhenItWasNot() throws Exception {
        insertRepository();
        String key = repository.toString();

        Typed now = type("as-of", "now", "--table", "repositories", "--key", key);
        Typed early = type("as-of", "2020-01-01", "--table", "repositories", "--key", key);
        Typed json =
                type("as-of", "now", "--table", "repositories", "--key", key, "--format", "json");

        assertThat(now.code()).as(now.toString()).isZero();
        assertThat(now.out()).contains("repositories", "created", name);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("the log begins at");
        assertThat(
                        JsonMapper.shared()
                                .readTree(json.out())
                                .at("/tables/repositories/0/row/name")
                                .asString())
                .isEqualTo(name);
        assertThat(type("as-of", "now", "--table", "no_such", "--key", key).code()).isEqualTo(2);
    }
}
