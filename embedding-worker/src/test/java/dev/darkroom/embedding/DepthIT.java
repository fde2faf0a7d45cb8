package dev.darkroom.embedding;

import static dev.darkroom.embedding.Worker.eventually;
import static dev.darkroom.embedding.Worker.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// A model whose depth is the brightness of each pixel.
class DepthIT {
    private static final String MAPS =
            "select concat_ws(' ', asset_version, format, width, height) from depth_maps where asset_id = '%s' order by format";
    private static final String TASKS =
            "select concat_ws(' ', status, attempts, count(*)) from processing_tasks"
                    + " where task = 'depth' group by status, attempts";

    @TempDir private Path folder;
    private MigratedDatabase database;
    private Library library;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        library = new Library(folder, database);
    }

    @Test
    void keepsAMapOfEachPhotoAndMakesOthersForWhoAsks() throws Exception {
        // given
        AssetCreated photo = library.plain(Color.RED);
        AssetCreated blue = library.plain(Color.BLUE);
        try (ConfigurableApplicationContext worker =
                start("--darkroom.embedding.depth.formats=png,npy")) {
            // when
            publish(worker, photo);

            // then
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 1"));
            assertThat(library.rows(MAPS.formatted(photo.assetId())))
                    .containsExactly("1 npy 64 64", "1 png 64 64");
            assertThat(firstFloat(file(photo, "npy"), 128)).isBetween(.298f, .300f);
            assertThat(Files.readAllBytes(file(photo, "png"))).startsWith(0x89, 'P', 'N', 'G');
            assertThat(
                            library.rows(
                                    "select processing_params->>'meaning' from depth_maps where format = 'png'"))
                    .containsExactly("inverse depth, larger is nearer, no scale");

            // when: it becomes another picture, and what was before comes late once more
            publish(worker, Library.version(photo, 2, blue), photo, blue);
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 2"));

            // then
            assertThat(library.rows(MAPS.formatted(photo.assetId())))
                    .containsExactly("2 npy 64 64", "2 png 64 64");
            assertThat(firstFloat(file(photo, "npy"), 128)).isBetween(.113f, .115f);
            eventually(() -> assertThat(files()).hasSize(4));

            // when: somebody wants a format that nobody made, and one whose file is damaged
            Files.writeString(file(blue, "png"), "damaged");
            HttpResponse<String> exr = ensure(worker, blue, "exr");
            HttpResponse<String> png = ensure(worker, blue, "png");

            // then
            assertThat(exr.statusCode()).as(exr.body()).isEqualTo(204);
            assertThat(png.statusCode()).as(png.body()).isEqualTo(204);
            assertThat(library.rows(MAPS.formatted(blue.assetId()))).hasSize(3);
            for (String format : List.of("exr", "npy", "png")) {
                assertThat(sha256(file(blue, format)))
                        .as(format)
                        .isEqualTo(column(blue, format, "content_hash"));
            }
            assertThat(files()).as("the damaged one is gone").hasSize(5);
            assertThat(ensure(worker, blue, "jpg").body())
                    .contains("a depth map's format must be png, npy, raw or exr: jpg");
        }
    }

    @Test
    void evictsWhatWasLongestUnreadAndMakesItAgain() throws Exception {
        // given: room for two maps of 64 x 64 floats
        AssetCreated one = library.plain(Color.RED);
        AssetCreated two = library.plain(Color.GREEN);
        AssetCreated three = library.plain(Color.BLUE);
        try (ConfigurableApplicationContext worker =
                start(
                        "--darkroom.embedding.depth.formats=raw",
                        "--darkroom.embedding.depth.max-bytes=33KB",
                        "--darkroom.embedding.depth.look-every=100ms")) {
            publish(worker, one, two);
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 2"));
            database.asAdmin()
                    .sql(
                            "update depth_maps set accessed_at = now() + interval '1 minute' where asset_id = ?")
                    .param(one.assetId())
                    .update();

            // when
            publish(worker, three);

            // then
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 3"));
            eventually(
                    () ->
                            assertThat(library.rows("select asset_id from depth_maps"))
                                    .containsExactlyInAnyOrder(
                                            one.assetId().toString(), three.assetId().toString()));
            eventually(() -> assertThat(files()).hasSize(2));

            // when
            assertThat(ensure(worker, two, "raw").statusCode()).isEqualTo(204);

            // then
            eventually(
                    () ->
                            assertThat(library.rows("select asset_id from depth_maps"))
                                    .containsExactlyInAnyOrder(
                                            one.assetId().toString(), two.assetId().toString()));
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> all =
                Stream.concat(
                                Stream.of(settings),
                                Stream.of(
                                        "--darkroom.embedding.model-folder="
                                                + folder.resolve("models"),
                                        "--darkroom.embedding.models.depth.location="
                                                + ModelFolders.depth(folder.resolve("near"))))
                        .toList();
        return Worker.start(database, List.of(), all.toArray(String[]::new));
    }

    private static HttpResponse<String> ensure(
            ConfigurableApplicationContext worker, AssetCreated asset, String format)
            throws Exception {
        return Worker.send(
                worker,
                "POST",
                "/api/depth-maps?assetId=%s&format=%s".formatted(asset.assetId(), format));
    }

    private String column(AssetCreated asset, String format, String name) {
        return library.rows(
                        "select %s from depth_maps where asset_id = '%s' and format = '%s'"
                                .formatted(name, asset.assetId(), format))
                .getFirst();
    }

    private Path file(AssetCreated asset, String format) {
        StorageUri uri = new StorageUri(column(asset, format, "storage_path"));
        return folder.resolve(uri.file().text());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("depth"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static float firstFloat(Path file, int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat(offset);
    }

    private static String sha256(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return new Sha256(HexFormat.of().formatHex(digest)).contentHash();
    }
}
