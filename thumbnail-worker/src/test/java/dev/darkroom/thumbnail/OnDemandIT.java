package dev.darkroom.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.media.Fit;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.schema.ThumbnailRequested;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One request on its way through the worker: drawn, stored, written, once for each version.
class OnDemandIT {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static MigratedDatabase database;
    private static HikariDataSource pool;
    private static MediaPool media;

    @TempDir private Path folder;
    private JdbcClient worker;
    private MakeRequested work;
    private RequestLedger ledger;
    private ThumbnailRequested request;

    @BeforeAll
    static void start() throws SQLException {
        database = MigratedDatabase.create();
        pool = database.pool(Role.THUMBNAIL);
        media = new MediaPool(MediaOptions.defaults().withProcesses(1));
    }

    @AfterAll
    static void stop() {
        media.close();
        pool.close();
    }

    @BeforeEach
    void photo() throws Exception {
        database.asAdmin().sql("delete from repositories").update();
        UUID repository =
                database.asAdmin()
                        .sql(
                                "insert into repositories (name, path, is_default) values ('r', ?,"
                                        + " true) returning repository_id")
                        .param(folder.toString())
                        .query(UUID.class)
                        .single();
        UUID asset =
                database.asAdmin()
                        .sql(
                                """
                                insert into assets (asset_id, repository_id, asset_type, original_filename,
                                    storage_path, mime_type, file_size, content_hash)
                                values (gen_random_uuid(), ?, 'photo', 'a.png', 'repo://r/a.png', 'image/png', 1, ?)
                                returning asset_id
                                """)
                        .params(repository, "sha256:" + "a".repeat(64))
                        .query(UUID.class)
                        .single();
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("a.png").toFile());
        worker = JdbcClient.create(pool);
        ThumbnailProperties properties =
                new ThumbnailProperties(
                        Map.of(
                                "small",
                                ThumbnailProfile.jpeg(150, false),
                                "preview",
                                ThumbnailProfile.jpeg(320, true),
                                "tile",
                                new ThumbnailProfile(100, Fit.COVER, PictureFormat.WEBP, 70, true)),
                        0,
                        80,
                        1,
                        4);
        work =
                new MakeRequested(
                        new Drawing(new Repositories(worker), media),
                        new Thumbnails(worker),
                        properties);
        ledger = new RequestLedger(worker);
        request =
                new ThumbnailRequested(
                        asset, 1, "preview", StorageUri.ofBlob(repository, "a.png"), "a.png");
    }

    private ThumbnailRequested request(String size, long version) {
        return new ThumbnailRequested(
                request.assetId(), version, size, request.source(), request.fileName());
    }

    private void deliver(ThumbnailRequested message) throws Exception {
        for (ThumbnailRequested pending : ledger.pending(List.of(message))) {
            ledger.begin(List.of(pending));
            Done<ThumbnailRequested, Made> done =
                    new Done<>(pending, work.perform(pending), SECOND);
            work.record(List.of(done));
            ledger.complete(List.of(done));
        }
    }

    private List<String> rows() {
        return database.asAdmin()
                .sql(
                        "select size || ' v' || asset_version || ' ' || mime_type || ' ' || width"
                                + " || 'x' || height from thumbnails order by 1")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> tasks() {
        return database.asAdmin()
                .sql(
                        "select task || ' v' || asset_version || ' ' || status || ' ' || attempts"
                                + " || ' ' || required from processing_tasks order by 1")
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void makesWhatWasAskedForOnceForEachVersion() throws Exception {
        deliver(request);
        deliver(request);
        assertThat(rows()).containsExactly("preview v1 image/jpeg 320x240");
        assertThat(tasks()).containsExactly("thumbnail-preview v1 completed 1 false");

        deliver(request("preview", 2));
        deliver(request);

        assertThat(rows()).containsExactly("preview v2 image/jpeg 320x240");
        assertThat(tasks()).containsExactly("thumbnail-preview v2 completed 1 false");
    }

    @Test
    void keepsTheFileInTheFormatOfItsProfile() throws Exception {
        assumeTrue(
                media.capabilities().outputs().contains(PictureFormat.WEBP),
                () -> "no WebP is written here");

        deliver(request("tile", 1));

        assertThat(rows()).containsExactly("tile v1 image/webp 100x100");
        String path =
                database.asAdmin()
                        .sql("select storage_path from thumbnails")
                        .query(String.class)
                        .single();
        assertThat(path).endsWith("-v1-tile.webp");
        byte[] file = Files.readAllBytes(folder.resolve(new StorageUri(path).key()));
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .startsWith("RIFF")
                .doesNotContain("EXIF");
    }

    @Test
    void eachProfileIsATaskOfItsOwn() {
        ThumbnailRequested tile = request("tile", 1);

        assertThat(ledger.pending(List.of(request, tile, request))).containsExactly(request, tile);
        ledger.begin(List.of(request, tile));
        ledger.die(List.of(new Ledger.Failed<>(tile, "a.png: PNG is corrupt", SECOND)));
        ledger.fail(List.of(new Ledger.Failed<>(request, "no luck", SECOND)));

        assertThat(tasks())
                .containsExactly(
                        "thumbnail-preview v1 failed 1 false", "thumbnail-tile v1 dead 1 false");
    }

    @Test
    void saysWhatToDoAboutAProfileThatItDoesNotKnow() {
        assertThatThrownBy(() -> deliver(request("huge", 1)))
                .isInstanceOf(GiveUp.class)
                .hasMessageContaining("has no profile huge")
                .hasMessageContaining("darkroom.thumbnail.profiles.huge.pixels");
    }
}
