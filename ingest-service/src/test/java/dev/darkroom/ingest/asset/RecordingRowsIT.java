package dev.darkroom.ingest.asset;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.media.AudioFacts;
import dev.darkroom.media.LiveFacts;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The rows that only sounds, videos and photos that move have.
class RecordingRowsIT {
    private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");
    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BERT = UUID.randomUUID();

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static AssetRows rows;
    private static TransactionTemplate transaction;
    private static UUID repository;

    @BeforeAll
    static void open() throws Exception {
        pool = MigratedDatabase.create().pool(Role.INGEST);
        jdbc = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        List<String> thumbnail = List.of("thumbnail");
        rows =
                new AssetRows(
                        jdbc,
                        new Outbox(jdbc, new EventCodec()),
                        new RequiredTasks(thumbnail, thumbnail, thumbnail));
        repository = UUID.randomUUID();
        jdbc.sql("insert into repositories (repository_id, name, path) values (?, 'r', '/r')")
                .param(repository)
                .update();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void aSoundHasARowWithItsTagsAndWaitsForItsThumbnail() {
        NewAsset song = sound("song.flac", tags("Föhn", 1998, 3));

        add(song);

        assertThat(track(song))
                .containsEntry("title", "Föhn")
                .containsEntry("artist", "The Drops")
                .containsEntry("album_artist", "Various")
                .containsEntry("year", 1998)
                .containsEntry("track_number", 3)
                .containsEntry("channels", 2)
                .containsEntry("sample_rate", 48_000)
                .containsEntry("bitrate", 128_000)
                .containsEntry("format", "FLAC")
                .containsEntry("asset_version", 1L);
        assertThat(track(song).get("duration_seconds")).hasToString("12.345");
        assertThat(tasks(song)).containsExactly("ingest completed", "thumbnail pending");
        assertThat(events(song, "asset.ready.v1")).isZero();
    }

    @Test
    void aSoundWithoutATitleIsCalledLikeItsFileAndOneWithoutAnyFactsHasARowToo() {
        NewAsset untitled = sound("Track 07.take.mp3", tags(null, null, null));
        NewAsset bare = sound("memo.amr", null);
        NewAsset endless = sound("long.mp3", tags("𝄞".repeat(600), null, null));

        add(untitled, bare, endless);

        assertThat(track(untitled)).containsEntry("title", "Track 07.take");
        assertThat(track(bare)).containsEntry("title", "memo").containsEntry("format", null);
        assertThat(track(endless)).containsEntry("title", "𝄞".repeat(500));
    }

    @Test
    void theNextVersionOfASoundReplacesItsTagsAndOneThatIsNoSoundTakesThemAway() {
        NewAsset first = sound("again.flac", tags("First", 1990, 1));
        add(first);

        replace(sound("again.flac", tags("Second", null, null)), first);
        assertThat(track(first))
                .containsEntry("title", "Second")
                .containsEntry("year", null)
                .containsEntry("asset_version", 2L);

        replace(video("again.flac", ANNA, null, NOON, 3), first);
        assertThat(
                        jdbc.sql("select count(*) from audio_tracks where asset_id = ?")
                                .param(first.id())
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void aPhotoAndAVideoWithOneIdentifierAreAPairWhicheverComesFirst() {
        NewAsset photo = photo("IMG_1.HEIC", ANNA, "id-1", NOON);
        NewAsset video = video("IMG_9.MOV", ANNA, "id-1", NOON.plusSeconds(90), 3);
        NewAsset lateVideo = video("IMG_2.MOV", ANNA, "id-2", NOON, 3);
        NewAsset latePhoto = photo("IMG_2.HEIC", ANNA, "id-2", NOON);

        add(photo);
        add(video);
        add(lateVideo);
        add(latePhoto);

        assertThat(liveVideo(photo)).isEqualTo(video.id());
        assertThat(liveVideo(latePhoto)).isEqualTo(lateVideo.id());
        assertThat(events(photo, "asset.updated.v1")).isEqualTo(1);
    }

    @Test
    void theSameNameAndTimeMakeAPairAlsoWhereTheCameraDidNotKnowItsTimeZone() {
        NewAsset photo = photo("DSC_7.JPG", ANNA, null, NOON.plus(Duration.ofHours(2)));
        NewAsset video = video("dsc_7.mp4", ANNA, null, NOON.plusSeconds(2), 3);

        add(photo, video);

        assertThat(liveVideo(photo)).isEqualTo(video.id());
    }

    @Test
    void noPairIsMadeOfAnotherOwnersVideoALongOneAnotherTimeOrAnotherIdentifier() {
        NewAsset photo = photo("DSC_8.JPG", ANNA, null, NOON);
        NewAsset named = photo("DSC_9.JPG", ANNA, "id-9", NOON);

        add(photo, named);
        add(
                video("DSC_8.MP4", BERT, null, NOON, 3),
                video("DSC_8.MOV", ANNA, null, NOON, 11),
                video("DSC_8.AVI", ANNA, null, NOON.plusSeconds(60), 3),
                video("DSC_8b.MP4", ANNA, null, NOON, 3),
                video("DSC_9.MOV", ANNA, "id-8", NOON, 3));

        assertThat(liveVideo(photo)).isNull();
        assertThat(liveVideo(named)).isNull();
    }

    @Test
    void aPairEndsWhenItsVideoBecomesAnotherAndWhenItIsGone() {
        NewAsset photo = photo("IMG_3.HEIC", ANNA, "id-3", NOON);
        NewAsset video = video("IMG_3.MOV", ANNA, "id-3", NOON, 3);
        add(photo, video);

        replace(video("IMG_3.MOV", ANNA, "id-other", NOON, 3), video);
        assertThat(liveVideo(photo)).isNull();

        replace(video("IMG_3.MOV", ANNA, "id-3", NOON.plusSeconds(1), 3), video);
        assertThat(liveVideo(photo)).isEqualTo(video.id());

        jdbc.sql("delete from assets where asset_id = ?").param(video.id()).update();
        assertThat(liveVideo(photo)).isNull();
    }

    @Test
    void twoThatAreWrittenAtOnceDoNotOverlookEachOther() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 5; i++) {
                NewAsset photo = photo("AT_" + i + ".HEIC", ANNA, "at-" + i, NOON);
                NewAsset video = video("AT_" + i + ".MOV", ANNA, "at-" + i, NOON, 3);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> both =
                        List.of(
                                writers.submit(() -> addAfter(start, photo)),
                                writers.submit(() -> addAfter(start, video)));
                start.countDown();
                for (Future<?> one : both) {
                    one.get();
                }
                assertThat(liveVideo(photo)).isEqualTo(video.id());
            }
        }
    }

    @Test
    void aMotionPhotoKnowsWhereItsVideoLies() {
        NewAsset photo =
                asset(
                        "MVIMG.JPG",
                        ANNA,
                        MediaKind.PHOTO,
                        NOON,
                        null,
                        null,
                        new LiveFacts(null, 4_000L, 900L));

        add(photo);

        assertThat(
                        jdbc.sql(
                                        "select motion_offset, motion_length from assets where asset_id = ?")
                                .param(photo.id())
                                .query()
                                .singleRow())
                .containsEntry("motion_offset", 4_000L)
                .containsEntry("motion_length", 900L);
    }

    private static Void addAfter(CountDownLatch start, NewAsset asset) throws InterruptedException {
        start.await();
        add(asset);
        return null;
    }

    private static void add(NewAsset... assets) {
        transaction.executeWithoutResult(
                _ -> assertThat(rows.add(List.of(assets))).hasSize(assets.length));
    }

    private static void replace(NewAsset next, NewAsset of) {
        transaction.executeWithoutResult(_ -> rows.replace(next.as(of.id())));
    }

    private static @Nullable UUID liveVideo(NewAsset photo) {
        return jdbc.sql("select live_video_id from assets where asset_id = ?")
                .param(photo.id())
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .getFirst();
    }

    private static Map<String, @Nullable Object> track(NewAsset sound) {
        return jdbc.sql("select * from audio_tracks where asset_id = ?")
                .param(sound.id())
                .query()
                .singleRow();
    }

    private static List<String> tasks(NewAsset asset) {
        return jdbc.sql(
                        "select task || ' ' || status from processing_tasks where asset_id = ? order by task")
                .param(asset.id())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static int events(NewAsset asset, String type) {
        return jdbc.sql("select count(*) from outbox where aggregate_id = ? and event_type = ?")
                .params(asset.id().toString(), type)
                .query(Integer.class)
                .single();
    }

    private static AudioFacts tags(
            @Nullable String title, @Nullable Integer year, @Nullable Integer track) {
        return new AudioFacts(
                title,
                "The Drops",
                "Weather",
                "Various",
                "Jazz",
                year,
                track,
                2,
                48_000,
                128_000,
                "FLAC");
    }

    private static NewAsset sound(String name, @Nullable AudioFacts audio) {
        return asset(name, ANNA, MediaKind.AUDIO, null, 12.345, audio, LiveFacts.NONE);
    }

    private static NewAsset photo(
            String name, UUID owner, @Nullable String identifier, Instant taken) {
        return asset(
                name,
                owner,
                MediaKind.PHOTO,
                taken,
                null,
                null,
                new LiveFacts(identifier, null, null));
    }

    private static NewAsset video(
            String name, UUID owner, @Nullable String identifier, Instant taken, double seconds) {
        return asset(
                name,
                owner,
                MediaKind.VIDEO,
                taken,
                seconds,
                null,
                new LiveFacts(identifier, null, null));
    }

    private static NewAsset asset(
            String name,
            UUID owner,
            MediaKind kind,
            @Nullable Instant taken,
            @Nullable Double seconds,
            @Nullable AudioFacts audio,
            LiveFacts live) {
        UUID id = UUID.randomUUID();
        MediaFacts facts =
                new MediaFacts(
                        "x/y", kind, null, null, 1, taken, null, seconds, null, null, null, null,
                        null, null, null, null, null, null, false, audio, live, Map.of(),
                        List.of());
        return new NewAsset(
                id,
                repository,
                owner,
                null,
                name,
                StorageUri.ofBlob(repository, "inbox/" + id),
                Content.of(facts, 1, sha256(id)),
                5,
                NOON,
                Duration.ofMillis(5));
    }

    private static Sha256 sha256(UUID id) {
        try {
            return Sha256.of(
                    new ByteArrayInputStream(id.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }
}
