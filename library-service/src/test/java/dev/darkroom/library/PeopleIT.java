package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.schema.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// People and their faces over HTTP, sorted by the service itself.
class PeopleIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;
    private final JdbcClient asEmbedding = JdbcClient.create(library.database.pool(Role.EMBEDDING));
    private final Map<UUID, UUID> assets = new ConcurrentHashMap<>();
    private UUID space = UUID.randomUUID();

    @BeforeEach
    void empty() {
        library.empty();
        library.asLibrary.sql("delete from people").update();
        asEmbedding.sql("delete from faces").update();
        asEmbedding.sql("delete from embedding_spaces where role = 'face'").update();
        space =
                asEmbedding
                        .sql(
                                """
                                insert into embedding_spaces (role, model_id, dimension, state)
                                values ('face', 'f@1', 2, 'active') returning space_id
                                """)
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .single();
    }

    @Test
    void facesBecomePeopleByThemselvesAndCanBeNamed() throws IOException {
        // given: Ada three times, Bea four times, and somebody once
        List<UUID> ada = faces(0, 5, 10);
        List<UUID> bea = faces(120, 124, 128, 132);
        faces(240);
        JsonNode people = people(2);
        assertThat(people.get(0).get("faces").asInt()).isEqualTo(4);
        assertThat(people.get(0).has("name")).isFalse();
        UUID adaId = id(people.get(1), "personId");

        // when
        JsonNode named = change(adaId, "{'name': ' Ada ', 'birthdate': '1815-12-10'}");

        // then
        assertThat(named.get("name").asString()).isEqualTo("Ada");
        assertThat(named.get("birthdate").asString()).isEqualTo("1815-12-10");
        JsonNode first = people(2).get(0);
        assertThat(first.get("name").asString()).isEqualTo("Ada");
        assertThat(first.get("assets").asInt()).isEqualTo(3);
        assertThat(facesOf(adaId)).containsExactlyInAnyOrderElementsOf(ada);
        assertThat(search("person=" + adaId)).containsExactlyInAnyOrderElementsOf(assetsOf(ada));
        assertThat(search("q=ada")).containsExactlyInAnyOrderElementsOf(assetsOf(ada));
        JsonNode inPicture =
                library.getJson("/api/assets/" + assets.get(ada.getFirst())).get("people");
        assertThat(inPicture.get(0).get("name").asString()).isEqualTo("Ada");
        assertThat(inPicture.get(0).get("box").get("left").asDouble()).isEqualTo(.1);
        assertThat(library.getJson("/api/people?q=AD").get("items")).hasSize(1);
        assertThat(facesOf(id(people.get(0), "personId"))).containsExactlyInAnyOrderElementsOf(bea);
        change(adaId, "{'name': '', 'birthdate': ''}");
        assertThat(library.getJson("/api/people/" + adaId).has("name")).isFalse();
    }

    @Test
    void pagesGoOnBehindWhoWasLast() throws IOException {
        List<UUID> all = new ArrayList<>();
        for (String name : List.of("bea", "Ada", "Çelik")) {
            all.add(person(name, faces(0)));
        }
        for (int size : List.of(1, 3, 2)) {
            all.add(person(null, faces(new int[size])));
        }

        List<UUID> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    library.getJson(
                            "/api/people?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.get("items").forEach(one -> seen.add(id(one, "personId")));
            next = page.path("next").asString("");
        } while (!next.isEmpty());

        assertThat(seen)
                .containsExactly(
                        all.get(1), all.get(0), all.get(2), all.get(4), all.get(5), all.get(3));
    }

    @Test
    void mergingMovesAllFacesAndCanBeSaidTwice() throws IOException {
        List<UUID> one = faces(0);
        List<UUID> two = faces(100, 101);
        UUID ada = person("Ada", one);
        UUID other = person(null, two);
        library.asLibrary
                .sql(
                        "insert into events (name, event_type, event_date, person_id) values ('b', 'birthday', '2026-01-01', ?)")
                .param(other)
                .update();
        String body = "{'people': ['" + other + "', '" + ada + "']}";

        JsonNode merged = said("POST", "/api/people/" + ada + "/merge", body);
        JsonNode again = said("POST", "/api/people/" + ada + "/merge", body);

        assertThat(merged.get("merged").get(0).asString()).isEqualTo(other.toString());
        assertThat(again.get("merged")).isEmpty();
        assertThat(again.get("absent").get(0).asString()).isEqualTo(other.toString());
        assertThat(again.get("person").get("faces").asInt()).isEqualTo(3);
        one.addAll(two);
        assertThat(facesOf(ada)).containsExactlyInAnyOrderElementsOf(one);
        assertThat(
                        library.asLibrary
                                .sql("select person_id from events")
                                .query((row, _) -> row.getObject(1, UUID.class))
                                .single())
                .isEqualTo(ada);
        assertProblem(library.get("/api/people/" + other), 404, "merged into another");
    }

    @Test
    void somebodysNameSurvivesTheMerge() throws IOException {
        UUID unnamed = person(null, faces(0, 1));
        UUID ada = person("Ada", faces(90));

        said("POST", "/api/people/" + unnamed + "/merge", "{'people': ['" + ada + "']}");

        assertThat(library.getJson("/api/people/" + unnamed).get("name").asString())
                .isEqualTo("Ada");
    }

    @Test
    void splittingMakesSomebodyNewWhomNothingGivesBack() throws IOException {
        List<UUID> all = faces(0, 1, 2, 3);
        people(1);
        UUID ada = id(people(1).get(0), "personId");
        change(ada, "{'name': 'Ada', 'faceId': '" + all.get(0) + "'}");
        List<UUID> twin = all.subList(0, 1);

        HttpResponse<String> answer =
                library.say(
                        "POST",
                        "/api/people/" + ada + "/split",
                        "{'faces': ['" + twin.getFirst() + "'], 'name': 'Ida'}");
        UUID later = faces(4).getFirst();

        assertThat(answer.statusCode()).isEqualTo(201);
        UUID ida = id(library.json(answer), "personId");
        await().untilAsserted(() -> assertThat(personOf(later)).isNotNull());
        assertThat(facesOf(ida)).containsExactlyElementsOf(twin);
        JsonNode now = library.getJson("/api/people/" + ada);
        assertThat(now.get("faces").asInt()).isEqualTo(4);
        assertThat(now.get("faceId").asString()).isNotEqualTo(twin.getFirst().toString());
        assertProblem(
                library.say(
                        "POST",
                        "/api/people/" + ada + "/split",
                        "{'faces': ['" + twin.getFirst() + "']}"),
                409,
                "GET /api/faces/" + twin.getFirst());
    }

    @Test
    void whatIsNobodysStaysNobodys() throws IOException {
        List<UUID> all = faces(0, 1, 2, 3);
        UUID ada = id(people(1).get(0), "personId");

        HttpResponse<String> answer =
                library.say(
                        "POST",
                        "/api/people/" + ada + "/split",
                        "{'faces': ['" + all.get(3) + "'], 'nobody': true}");
        UUID later = faces(4).getFirst();

        assertThat(answer.statusCode()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(personOf(later)).isEqualTo(ada));
        assertThat(personOf(all.get(3))).isNull();
        assertThat(ids(library.getJson("/api/faces").get("items"), "faceId"))
                .containsExactly(all.get(3));
    }

    @Test
    void aFaceIsWhoseSomebodySaysAndThoseLikeItFollow() throws IOException {
        List<UUID> two = faces(0, 10);
        String url = "/api/faces/" + two.getFirst();

        UUID ada = id(said("PUT", url + "/person", "{'name': 'Ada'}"), "personId");

        await().untilAsserted(() -> assertThat(personOf(two.get(1))).isEqualTo(ada));
        UUID bea = person("Bea", faces(100));
        said("PUT", url + "/person", "{'personId': '" + bea + "'}");
        said("PUT", url + "/person", "{'personId': '" + bea + "'}");
        assertThat(facesOf(bea)).hasSize(2).contains(two.getFirst());
        assertThat(facesOf(ada)).containsExactly(two.get(1));
        assertThat(library.send("DELETE", url + "/person").statusCode()).isEqualTo(200);
        assertThat(personOf(two.getFirst())).isNull();
    }

    @Test
    void whatIsIgnoredIsNowhereUntilItIsNoticedAgain() throws IOException {
        List<UUID> all = faces(0, 1, 2);
        UUID ada = id(people(1).get(0), "personId");
        String url = "/api/faces/" + all.getFirst() + "/ignored";

        assertThat(library.send("PUT", url).statusCode()).isEqualTo(200);
        assertThat(library.send("PUT", url).statusCode()).isEqualTo(200);

        assertThat(facesOf(ada)).containsExactlyInAnyOrderElementsOf(all.subList(1, 3));
        assertThat(library.getJson("/api/faces").get("items")).isEmpty();
        assertThat(ids(library.getJson("/api/faces?ignored=true").get("items"), "faceId"))
                .containsExactly(all.getFirst());
        assertThat(library.getJson("/api/assets/" + assets.get(all.getFirst())).get("people"))
                .isEmpty();
        library.send("DELETE", url);
        await().untilAsserted(() -> assertThat(personOf(all.getFirst())).isEqualTo(ada));
    }

    @Test
    void whoHasNoFaceLeftAndNoNameIsGone() throws IOException {
        List<UUID> one = faces(0);
        UUID nobody = person(null, one);
        UUID ada = person("Ada", faces(90));

        said("PUT", "/api/faces/" + one.getFirst() + "/person", "{'personId': '" + ada + "'}");

        assertThat(library.get("/api/people/" + nobody).statusCode()).isEqualTo(404);
        assertThat(library.asLibrary.sql("select count(*) from people").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void thePictureOfAFaceComesFromWhoDecodes() throws IOException {
        UUID face = faces(0).getFirst();
        String url = library.getJson("/api/faces/" + face).get("picture").asString();

        library.pictures.set(Map.entry(200, "jpeg"));
        HttpResponse<String> answer = library.get(url);
        assertThat(answer.body()).isEqualTo("jpeg");
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
        assertThat(
                        library.get("/api/faces/" + face + "/picture")
                                .headers()
                                .firstValue("Cache-Control")
                                .orElseThrow())
                .contains("no-cache");

        library.pictures.set(Map.entry(422, "{\"detail\":\"the original is gone\"}"));
        assertProblem(library.get(url), 404, "the original is gone");
        library.pictures.set(Map.entry(500, "no"));
        assertProblem(library.get(url), 503, "embedding-worker");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws IOException {
        UUID unknown = UUID.randomUUID();
        UUID face = faces(0).getFirst();
        UUID ada = person("Ada", faces(90));

        assertProblem(library.get("/api/people/" + unknown), 404, "GET /api/people");
        assertProblem(library.get("/api/people/" + unknown + "/faces"), 404, "GET /api/people");
        assertProblem(library.get("/api/faces/" + unknown), 404, "another model");
        assertProblem(library.get("/api/people?cursor=nonsense"), 400, "cursor");
        assertProblem(library.get("/api/people/ada"), 400, "UUID");
        assertProblem(
                library.say("PATCH", "/api/people/" + ada, "{'birthdate': 'May'}"),
                400,
                "birthdate must be a day");
        assertProblem(
                library.say("PATCH", "/api/people/" + ada, "{'faceId': '" + face + "'}"),
                409,
                "nothing was changed");
        assertProblem(library.say("PATCH", "/api/people/" + ada, "{"), 400, "/openapi.yaml");
        assertProblem(
                library.say("POST", "/api/people/" + ada + "/merge", "{}"),
                400,
                "people must list");
        assertProblem(
                library.say("POST", "/api/people/" + ada + "/split", "{'faces': []}"),
                400,
                "faces must list");
        assertProblem(
                library.say("PUT", "/api/faces/" + face + "/person", "{}"),
                400,
                "either the personId");
        assertProblem(
                library.say(
                        "PUT", "/api/faces/" + face + "/person", "{'personId': '" + unknown + "'}"),
                404,
                "GET /api/people");
    }

    /// Waits until so many people are there.
    private JsonNode people(int count) {
        await().untilAsserted(
                        () ->
                                assertThat(library.getJson("/api/people").get("items"))
                                        .hasSize(count));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                library.asLibrary
                                                        .sql(
                                                                "select count(*) from faces where comparison <> 'done'")
                                                        .query(Long.class)
                                                        .single())
                                        .isZero());
        return library.getJson("/api/people").get("items");
    }

    /// A face in a photo of its own for each direction, which is in degrees.
    private List<UUID> faces(int... directions) throws IOException {
        List<UUID> faces = new ArrayList<>();
        for (int degrees : directions) {
            UUID asset = library.photo(UUID.randomUUID() + ".jpg", NOON);
            UUID face =
                    asEmbedding
                            .sql(
                                    """
                                    insert into faces (asset_id, asset_version, model_id, box_left, box_top, box_width,
                                        box_height, confidence, space_id, dimension, embedding)
                                    values (:asset, 1, 'f@1', .1, .1, .2, .2, .9, :space, 2,
                                        array[cosd(:degrees), sind(:degrees)]::real[]::halfvec)
                                    returning face_id
                                    """)
                            .param("asset", asset)
                            .param("space", space)
                            .param("degrees", degrees)
                            .query((row, _) -> row.getObject(1, UUID.class))
                            .single();
            assets.put(face, asset);
            faces.add(face);
        }
        return faces;
    }

    private UUID person(@Nullable String name, List<UUID> faces) {
        UUID id = UUID.randomUUID();
        library.asLibrary
                .sql("insert into people (person_id, name) values (:id, :name)")
                .param("id", id)
                .param("name", name, Types.VARCHAR)
                .update();
        for (UUID face : faces) {
            library.asLibrary
                    .sql("update faces set person_id = ?, comparison = 'done' where face_id = ?")
                    .params(id, face)
                    .update();
        }
        return id;
    }

    private @Nullable UUID personOf(UUID face) {
        String id = library.getJson("/api/faces/" + face).path("personId").asString("");
        return id.isEmpty() ? null : UUID.fromString(id);
    }

    private JsonNode change(UUID person, String body) {
        return said("PATCH", "/api/people/" + person, body);
    }

    private JsonNode said(String method, String path, String body) {
        HttpResponse<String> answer = library.say(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return library.json(answer);
    }

    private List<UUID> facesOf(UUID person) {
        return ids(library.getJson("/api/people/" + person + "/faces").get("items"), "faceId");
    }

    private List<UUID> search(String query) {
        return ids(library.getJson("/api/search?" + query).get("items"), "assetId");
    }

    private List<UUID> assetsOf(List<UUID> faces) {
        return faces.stream().map(assets::get).toList();
    }

    private void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(library.json(answer).get("detail").asString()).contains(detail);
    }

    private static List<UUID> ids(JsonNode items, String field) {
        List<UUID> ids = new ArrayList<>();
        items.forEach(item -> ids.add(id(item, field)));
        return ids;
    }

    private static UUID id(JsonNode node, String field) {
        return UUID.fromString(node.get(field).asString());
    }
}
