package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.FileCreated;
import dev.darkroom.schema.FileDeleted;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FileModified;
import dev.darkroom.schema.FileMoved;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of `file_records`, told as events.
class FileEventsIT {
    private static final String HASH = "sha256:" + "ab".repeat(32);
    private static final String OTHER_HASH = "sha256:" + "cd".repeat(32);

    @TempDir static Path folder;
    private static StreamHouse house;
    private static ChangeStreams stream;

    @BeforeAll
    static void open() throws Exception {
        house = StreamHouse.open(folder);
        stream = house.stream();
        stream.start();
        house.write(Library.repository());
    }

    @AfterAll
    static void close() throws Exception {
        stream.stop();
        house.close();
    }

    @Test
    void tellsTheLifeOfAFile() throws Exception {
        // when
        house.writeAs(Role.SYNC, found(1, "a/one.jpg"));
        house.writeAs(Role.SYNC, hashed(1, 1, HASH));
        house.writeAs(Role.SYNC, "update file_records set scan_generation = 7 where file_id = 1");
        house.writeAs(Role.SYNC, moved(1, "b/two \\\\.jpg"));
        house.writeAs(Role.SYNC, hashed(1, 2, OTHER_HASH));
        house.writeAs(Role.SYNC, "delete from file_records where file_id = 1");
        house.awaitPublished();

        // then
        List<FileEvent> events = eventsOf(1);
        assertThat(events)
                .extracting(FileEvent::getClass)
                .containsExactly(
                        (Class) FileCreated.class,
                        FileMoved.class,
                        FileModified.class,
                        FileDeleted.class);
        FileCreated created = (FileCreated) events.getFirst();
        assertThat(created.repositoryId()).isEqualTo(Library.REPOSITORY);
        assertThat(created.path()).isEqualTo(new FilePath("a/one.jpg"));
        assertThat(created.contentVersion()).isEqualTo(1);
        assertThat(created.size()).isEqualTo(5);
        assertThat(created.sha256().contentHash()).isEqualTo(HASH);
        assertThat(created.modifiedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
        FileMoved moved = (FileMoved) events.get(1);
        assertThat(moved.previousPath()).isEqualTo(new FilePath("a/one.jpg"));
        assertThat(moved.path()).isEqualTo(new FilePath("b/two \\\\.jpg"));
        assertThat(((FileModified) events.get(2)).sha256().contentHash()).isEqualTo(OTHER_HASH);
        assertThat(events.get(3).contentVersion()).isEqualTo(2);
    }

    @Test
    void tellsNothingOfAFileWhoseContentWasNeverRead() throws Exception {
        // when
        house.writeAs(Role.SYNC, found(2, "unread.jpg"), moved(2, "elsewhere.jpg"));
        house.writeAs(Role.SYNC, "delete from file_records where file_id = 2");
        house.awaitPublished();

        // then
        assertThat(eventsOf(2)).isEmpty();
        assertThat(house.records(Table.FILE_RECORDS.changeTopic()))
                .extracting(record -> text(record.key()))
                .filteredOn("{\"file_id\":2}"::equals)
                .hasSize(3);
    }

    @Test
    void givesEachMoveAnIdOfItsOwn() throws Exception {
        // when
        house.writeAs(Role.SYNC, found(3, "here.jpg"), hashed(3, 1, HASH));
        for (int i = 0; i < 2; i++) {
            house.writeAs(Role.SYNC, moved(3, "there.jpg"));
            house.writeAs(Role.SYNC, moved(3, "here.jpg"));
        }
        house.awaitPublished();

        // then
        assertThat(idsOf(3)).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void givesAnEventThatComesAgainTheSameId() throws Exception {
        // given
        house.writeAs(Role.SYNC, found(4, "twice.jpg"), hashed(4, 1, HASH));
        house.awaitPublished();
        String confirmed = house.query("select confirmed_flush_lsn from pg_replication_slots");
        stream.stop();
        house.administer("select pg_copy_logical_replication_slot('darkroom_cdc', 'kept')");
        stream.start();
        house.writeAs(Role.SYNC, moved(4, "again.jpg"));
        house.awaitPublished();
        stream.stop();

        // when
        house.administer("select pg_drop_replication_slot('darkroom_cdc')");
        house.administer("select pg_copy_logical_replication_slot('kept', 'darkroom_cdc')");
        house.administer("select pg_drop_replication_slot('kept')");
        stream.start();
        house.awaitPublished();

        // then
        assertThat(confirmed).isNotEmpty();
        List<String> ids = idsOf(4);
        assertThat(ids).hasSize(3);
        assertThat(ids.get(2)).isEqualTo(ids.get(1));
        Map<String, Set<String>> times =
                recordsOf(4).stream()
                        .collect(
                                Collectors.groupingBy(
                                        record -> header(record, "ce_id"),
                                        Collectors.mapping(
                                                record -> header(record, "ce_time"),
                                                Collectors.toSet())));
        assertThat(times.values()).allMatch(each -> each.size() == 1);
    }

    private static String found(long id, String path) {
        return ("insert into file_records (file_id, repository_id, file_path, file_size, mod_time,"
                        + " change_time, device, inode) overriding system value values (%d, '%s',"
                        + " '%s', 5, '2026-01-02 03:04:05.123456+00', now(), 1, %1$d)")
                .formatted(id, Library.REPOSITORY, path);
    }

    private static String hashed(long id, long version, String hash) {
        return ("update file_records set content_hash = '%s', content_version = %d, hash_pending ="
                        + " false where file_id = %d")
                .formatted(hash, version, id);
    }

    private static String moved(long id, String path) {
        return "update file_records set file_path = '%s' where file_id = %d".formatted(path, id);
    }

    private static List<FileEvent> eventsOf(long id) throws Exception {
        EventCodec codec = new EventCodec();
        List<FileEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : recordsOf(id)) {
            events.add((FileEvent) codec.decode(record));
        }
        return events;
    }

    private static List<String> idsOf(long id) {
        return recordsOf(id).stream().map(record -> header(record, "ce_id")).toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(long id) {
        return house.records(Topic.FILE_CHANGED.wireName()).stream()
                .filter(record -> text(record.key()).equals(Library.REPOSITORY + "/" + id))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
