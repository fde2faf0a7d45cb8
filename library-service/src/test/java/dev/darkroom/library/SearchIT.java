package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.vision.Picture;
import dev.darkroom.vision.VisualV1;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class SearchIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;
    private final JdbcClient asEmbedding = JdbcClient.create(library.database.pool(Role.EMBEDDING));

    @BeforeEach
    void empty() {
        library.empty();
        asEmbedding.sql("delete from embeddings").update();
        asEmbedding.sql("delete from embedding_spaces").update();
        asEmbedding.sql("delete from capabilities").update();
        library.words.set(Map.entry(409, "{}"));
        library.asLibrary.sql("delete from tags").update();
        library.asLibrary.sql("delete from albums").update();
    }

    @Test
    void findsWhatLooksLikeAPictureNearestFirstWithItsDistance() throws IOException {
        UUID space = space("visual", "m@1", 3, "cosine", "hnsw");
        UUID asked = embedded("asked.jpg", space, 1, 0, 0);
        UUID far = embedded("far.jpg", space, 0, 1, 0);
        UUID near = embedded("near.jpg", space, 1, .1f, 0);
        UUID opposite = embedded("opposite.jpg", space, -1, 0, 0);

        JsonNode items = library.getJson("/api/search?similarTo=" + asked).get("items");

        assertThat(ids(items)).containsExactly(near, far, opposite);
        assertThat(items.get(1).get("distance").asDouble()).isEqualTo(1);
        assertThat(items.get(2).get("distance").asDouble()).isEqualTo(2);
        assertThat(items.get(0).get("originalFilename").asString()).isEqualTo("near.jpg");
        assertThat(find("/api/search?minSimilarity=0.5&similarTo=" + asked)).containsExactly(near);
    }

    @Test
    void measuresAsTheSpaceSays() throws IOException {
        UUID straight = space("visual", "m@1", 2, "l2", "hnsw");
        UUID asked = embedded("asked.jpg", straight, 1, 0);
        UUID close = embedded("close.jpg", straight, 0, 0);
        UUID away = embedded("away.jpg", straight, 4, 4);

        JsonNode items = library.getJson("/api/search?similarTo=" + asked).get("items");

        assertThat(ids(items)).containsExactly(close, away);
        assertThat(items.get(1).get("distance").asDouble()).isEqualTo(5);
    }

    @Test
    void findsByInnerProduct() throws IOException {
        UUID space = space("visual", "m@1", 2, "inner_product", "hnsw");
        UUID asked = embedded("asked.jpg", space, 1, 0);
        UUID small = embedded("small.jpg", space, .5f, 0);
        UUID large = embedded("large.jpg", space, 3, 0);

        assertThat(find("/api/search?similarTo=" + asked)).containsExactly(large, small);
    }

    @Test
    void pagesThroughAllThatIsAlikeWithoutSkippingOrRepeating() throws IOException {
        UUID space = space("visual", "m@1", 8, "cosine", "hnsw");
        Random random = new Random(3);
        UUID asked = embedded("asked.jpg", space, random(random, 8));
        List<UUID> others = new ArrayList<>();
        for (int i = 0; i < 57; i++) {
            others.add(embedded(i + ".jpg", space, random(random, 8)));
        }

        List<UUID> seen = new ArrayList<>();
        String next = "/api/search?limit=10&similarTo=" + asked;
        while (next != null) {
            JsonNode page = library.getJson(next);
            seen.addAll(ids(page.get("items")));
            next = page.path("nextUrl").asString(null);
        }

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(others);
        assertThat(seen).isEqualTo(find("/api/search?exact=true&limit=100&similarTo=" + asked));
    }

    @Test
    void asksTheIndexAndNeverReadsAllVectorsWhenOneServes() throws IOException {
        UUID space = space("visual", "m@1", 16, "cosine", "hnsw");
        UUID asked = many(space, 16, 3_000);
        library.database.asAdmin().sql("analyze").update();

        String plan = plan("/api/search?limit=10&similarTo=" + asked);

        assertThat(plan).contains("Index Scan using space_" + space.toString().replace("-", ""));
        assertThat(plan).doesNotContain("Seq Scan");
    }

    @Test
    void comparesOneByOneWhenFewPassTheFilterSoThatNoneIsLost() throws IOException {
        UUID space = space("visual", "m@1", 16, "cosine", "hnsw");
        UUID asked = many(space, 16, 2_000);
        List<UUID> few = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            // As far away as can be: an index meets them last.
            UUID id = embedded("few" + i + ".jpg", space, opposite(asked, space));
            library.asIngest
                    .sql("update assets set camera_model = 'Brownie' where asset_id = ?")
                    .param(id)
                    .update();
            few.add(id);
        }

        String url = "/api/search?camera=brownie&limit=20&similarTo=" + asked;

        assertThat(find(url)).containsExactlyInAnyOrderElementsOf(few);
        assertThat(
                        library.getJson(url + "&explain=true")
                                .get("steps")
                                .get(0)
                                .get("because")
                                .asString())
                .isEqualTo("15 assets pass the filter");
    }

    @Test
    void fusesWordsAndColours() throws IOException {
        UUID space = space("visual", VisualV1.MODEL_ID, VisualV1.DIMENSION, "cosine", "hnsw");
        UUID orange = embedded("a.jpg", space, VisualV1.vector(solid(250, 140, 10)));
        UUID blue = embedded("b.jpg", space, VisualV1.vector(solid(20, 40, 240)));
        UUID named = embedded("orange juice.jpg", space, VisualV1.vector(solid(128, 128, 128)));

        List<UUID> found = find("/api/search?q=orange");

        assertThat(found).contains(orange, named);
        assertThat(found.indexOf(orange)).isLessThan(found.indexOf(blue));
        assertThat(found.getFirst()).isEqualTo(named);
    }

    @Test
    void findsByWhatWordsMeanWhereAModelOfTheUsersKnowsThat() throws IOException {
        UUID space = space("visual", "clip@1", 3, "cosine", "hnsw");
        UUID heron = embedded("a.jpg", space, 1, .1f, 0);
        UUID car = embedded("b.jpg", space, 0, 1, 0);
        UUID named = embedded("a heron.jpg", space, 0, 0, 1);

        library.words.set(
                Map.entry(
                        200,
                        "{\"spaceId\":\"%s\",\"modelId\":\"clip@1\",\"vector\":[1,0,0]}"
                                .formatted(space)));
        assertThat(find("/api/search?q=heron")).containsExactly(named, heron, car);

        // Of a space that is no longer searched, or none at all: the words themselves still count.
        library.words.set(
                Map.entry(
                        200,
                        "{\"spaceId\":\"%s\",\"modelId\":\"old@1\",\"vector\":[1,0,0]}"
                                .formatted(UUID.randomUUID())));
        assertThat(find("/api/search?q=heron")).containsExactly(named);
        library.words.set(Map.entry(500, "no"));
        assertThat(find("/api/search?q=heron")).containsExactly(named);
    }

    @Test
    void findsTagsAndSpeciesByPartOfTheirNames() throws IOException {
        UUID tagged = library.photo("a.jpg", NOON);
        UUID bird = library.photo("b.jpg", NOON);
        library.photo("c.jpg", NOON);
        tag(tagged, "Redwood forest");
        asEmbedding
                .sql(
                        """
                        insert into species_predictions (asset_id, model_id, rank, asset_version, species_name,
                            common_name, confidence)
                        values (?, 'm@1', 1, 1, 'Turdus iliacus', 'Redwing', .8)
                        """)
                .param(bird)
                .update();

        assertThat(find("/api/search?q=redw")).containsExactlyInAnyOrder(tagged, bird);
        assertThat(find("/api/search?tag=redwood%20FOREST")).containsExactly(tagged);
    }

    @Test
    void filtersByTimeTypeCameraPlaceAndAlbum() throws IOException {
        UUID early = library.photo("early.jpg", NOON.minusSeconds(60));
        UUID late = library.photo("late.jpg", NOON);
        UUID video = library.asset("video", "late.mp4", NOON.plusSeconds(1), new byte[] {1});
        library.asIngest
                .sql("update assets set latitude = 48.1374, longitude = 11.5755 where asset_id = ?")
                .param(early)
                .update();
        library.asIngest
                .sql("update assets set latitude = -18.1, longitude = -179.95 where asset_id = ?")
                .param(late)
                .update();
        UUID album = album(video);

        assertThat(find("/api/search")).containsExactly(video, late, early);
        assertThat(find("/api/search?from=2026-06-01T12:00:00Z")).containsExactly(video, late);
        assertThat(find("/api/search?to=2026-06-01T12:00:00Z")).containsExactly(early);
        assertThat(find("/api/search?type=image")).containsExactly(late, early);
        assertThat(find("/api/search?near=48.14,11.58,1")).containsExactly(early);
        assertThat(find("/api/search?near=48.2,11.58,1")).isEmpty();
        assertThat(find("/api/search?near=-18.1,179.95,20")).containsExactly(late);
        assertThat(find("/api/search?album=" + album)).containsExactly(video);
    }

    @Test
    void leavesOutWhatIsInTheTrash() throws IOException {
        UUID space = space("visual", "m@1", 2, "cosine", "hnsw");
        UUID asked = embedded("asked.jpg", space, 1, 0);
        UUID gone = embedded("gone.jpg", space, 1, 0);
        library.asLibrary
                .sql("update assets set deleted_at = now() where asset_id = ?")
                .param(gone)
                .update();

        assertThat(find("/api/search?similarTo=" + asked)).isEmpty();
        assertThat(find("/api/search?q=gone")).isEmpty();
    }

    @Test
    void searchesTheSpaceThatIsActive() throws IOException {
        UUID old = space("visual", "m@1", 2, "cosine", "hnsw");
        UUID asked = embedded("asked.jpg", old, 1, 0);
        UUID one = embedded("one.jpg", old, 1, 0);
        UUID two = embedded("two.jpg", old, 0, 1);
        asEmbedding.sql("update embedding_spaces set state = 'retired'").update();
        UUID now = space("visual", "n@1", 3, "cosine", "exact");
        vector(asked, now, 1, 0, 0);
        vector(one, now, 0, 1, 0);
        vector(two, now, 1, 0, 0);

        assertThat(find("/api/search?similarTo=" + asked)).containsExactly(two, one);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        UUID photo = library.photo("a.jpg", NOON);

        assertProblem("/api/search?similarTo=" + photo, 409, "embedding-worker has not run");
        assertProblem(
                "/api/search?similarTo=" + photo + "&role=clip", 409, "GET /api/capabilities");
        space("visual", "m@1", 2, "cosine", "hnsw");
        assertProblem("/api/search?similarTo=" + photo, 409, "/api/assets/" + photo);
        assertProblem("/api/search?q=a&similarTo=" + photo, 400, "two searches");
        assertProblem("/api/search?minSimilarity=.5", 400, "needs similarTo");
        assertProblem("/api/search?near=1,2", 400, "latitude,longitude,kilometres");
        assertProblem("/api/search?cursor=nonsense", 400, "cursor");
        assertProblem(
                "/api/search?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                400,
                "from must be before to");
    }

    @Test
    void tellsWhatCanBeLookedForAndWhatAModelIsNeededFor() {
        asEmbedding
                .sql(
                        """
                        insert into capabilities (capability, available, model_id, detail)
                        values ('image-similarity', true, 'm@1', 'pictures that look alike'),
                            ('species', false, null, 'no model configured: set this')
                        """)
                .update();

        JsonNode capabilities = library.getJson("/api/capabilities");

        assertThat(capabilities.get(0).get("available").asBoolean()).isTrue();
        assertThat(capabilities.get(0).get("modelId").asString()).isEqualTo("m@1");
        assertThat(capabilities.get(1).get("detail").asString()).contains("no model configured");
    }

    @Test
    void listsGroupsOfPicturesThatLookTheSame() throws IOException {
        List<UUID> photos = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            photos.add(library.photo(i + ".jpg", NOON));
        }
        photos.sort(Comparator.comparing(UUID::toString));
        duplicates(photos.get(0), photos.get(1), 4);
        duplicates(photos.get(1), photos.get(3), 9);
        duplicates(photos.get(2), photos.get(4), 0);

        JsonNode first = library.getJson("/api/duplicates?limit=1");
        JsonNode second = library.getJson("/api/duplicates?cursor=" + first.get("next").asString());

        assertThat(first.get("total").asInt()).isEqualTo(2);
        assertThat(ids(first.get("items").get(0).get("assets")))
                .containsExactly(photos.get(2), photos.get(4));
        assertThat(ids(second.get("items").get(0).get("assets")))
                .containsExactly(photos.get(0), photos.get(1), photos.get(3));
        assertThat(second.get("items").get(0).get("distance").asInt()).isEqualTo(9);
        assertThat(second.has("next")).isFalse();
    }

    private void duplicates(UUID one, UUID other, int distance) {
        asEmbedding
                .sql(
                        "insert into near_duplicates (asset_id, duplicate_id, distance) values (?, ?, ?)")
                .params(one, other, distance)
                .update();
    }

    private void assertProblem(String url, int status, String detail) {
        HttpResponse<String> response = library.get(url);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(library.json(response).get("detail").asString()).contains(detail);
    }

    private List<UUID> find(String url) {
        return ids(library.getJson(url).get("items"));
    }

    private static List<UUID> ids(JsonNode items) {
        List<UUID> ids = new ArrayList<>();
        items.forEach(item -> ids.add(UUID.fromString(item.get("assetId").asString())));
        return ids;
    }

    private String plan(String url) {
        StringBuilder plan = new StringBuilder();
        library.getJson(url + "&explain=true")
                .get("steps")
                .forEach(
                        step ->
                                step.get("plan")
                                        .forEach(
                                                line -> plan.append(line.asString()).append('\n')));
        return plan.toString();
    }

    private UUID space(String role, String model, int dimension, String metric, String index) {
        UUID id = UUID.randomUUID();
        asEmbedding
                .sql(
                        """
                        insert into embedding_spaces (space_id, role, model_id, dimension, metric, state, index_kind,
                            activated_at)
                        values (?, ?, ?, ?, ?, 'active', ?, now())
                        """)
                .params(id, role, model, dimension, metric, index)
                .update();
        return id;
    }

    private UUID embedded(String name, UUID space, float... vector) throws IOException {
        UUID asset = library.photo(name, NOON);
        vector(asset, space, vector);
        return asset;
    }

    private void vector(UUID asset, UUID space, float... vector) {
        asEmbedding
                .sql(
                        """
                        insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
                        values (?, ?, 1, ?, ?::halfvec)
                        """)
                .params(asset, space, vector.length, text(vector))
                .update();
    }

    /// One of many photos with vectors by chance.
    private UUID many(UUID space, int dimension, int count) {
        library.asIngest
                .sql(
                        """
                        insert into assets (repository_id, asset_type, original_filename, storage_path, mime_type,
                            file_size, content_hash)
                        select ?, 'photo', 'many' || i || '.jpg', 'repo://' || gen_random_uuid() || '/a', 'image/jpeg', 1,
                            'sha256:' || encode(sha256(i::text::bytea), 'hex')
                        from generate_series(1, ?) i
                        """)
                .params(library.repositoryId, count)
                .update();
        asEmbedding
                .sql(
                        """
                        insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
                        select a.asset_id, ?, 1, ?,
                            array(select random() - .5 + 0 * a.asset_no from generate_series(1, ?))::halfvec
                        from assets a
                        """)
                .params(space, dimension, dimension)
                .update();
        return library.asLibrary
                .sql("select asset_id from assets limit 1")
                .query(UUID.class)
                .single();
    }

    private float[] opposite(UUID asset, UUID space) {
        String text =
                library.asLibrary
                        .sql(
                                "select embedding::text from embeddings where asset_id = ? and space_id = ?")
                        .params(asset, space)
                        .query(String.class)
                        .single();
        String[] numbers = text.substring(1, text.length() - 1).split(",", -1);
        float[] opposite = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            opposite[i] = -Float.parseFloat(numbers[i]);
        }
        return opposite;
    }

    private void tag(UUID asset, String name) {
        library.asLibrary
                .sql(
                        """
                        with tag as (insert into tags (name) values (?) returning tag_id)
                        insert into asset_tags (asset_id, tag_id) select ?, tag_id from tag
                        """)
                .params(name, asset)
                .update();
    }

    private UUID album(UUID asset) {
        return library.asLibrary
                .sql(
                        """
                        with owner as (insert into users (username) values ('u' || gen_random_uuid()) returning user_id),
                            album as (insert into albums (owner_id, name) select user_id, 'a' from owner returning album_id)
                        insert into album_assets (album_id, asset_id) select album_id, ? from album returning album_id
                        """)
                .param(asset)
                .query(UUID.class)
                .single();
    }

    private static float[] random(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextFloat() - .5f;
        }
        return vector;
    }

    private static Picture solid(int red, int green, int blue) {
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new Picture(64, 64, rgb);
    }

    private static String text(float[] vector) {
        return IntStream.range(0, vector.length)
                .mapToObj(i -> Float.toString(vector[i]))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
