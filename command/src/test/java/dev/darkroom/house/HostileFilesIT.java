package dev.darkroom.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.DeliveryHeaders;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.media.child.Bombs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// Hostile files among good ones: one dead letter for each hostile file, thumbnails for each good
/// one, the service never notices.
class HostileFilesIT {
    private static final int GOOD = 15;
    private static final List<String> DEAD_LETTERS =
            List.of("asset-submitted.ingest.dlt", "asset-created.thumbnail.dlt");

    private final House house = House.shared();

    @Test
    void eachHostileFileIsOneDeadLetterAndEachGoodOneHasItsThumbnails() throws Exception {
        // given
        long process = ProcessHandle.current().pid();
        Path folder = house.folder("hostile");
        Map<UUID, Path> hostile = new LinkedHashMap<>();
        Map<String, String> reasons =
                Map.of(
                        "memory.jpg", "raise darkroom.media.memory-limit",
                        "scans.jpg", "raise darkroom.media.max-scans",
                        "pixels.bmp", "raise darkroom.media.max-pixels",
                        "text.jpg", "a text file");
        hostile.put(
                EventCodec.newId(),
                save(folder, "memory.jpg", Bombs.progressive(13_000, 13_000, 1)));
        hostile.put(
                EventCodec.newId(), save(folder, "scans.jpg", Bombs.progressive(64, 64, 2_000)));
        hostile.put(EventCodec.newId(), save(folder, "pixels.bmp", Bombs.bitmap(65_535, 65_535)));
        hostile.put(EventCodec.newId(), save(folder, "text.jpg", "Dear diary".getBytes(UTF_8)));
        List<Path> photos = Photos.many(folder.resolve("good"), GOOD, 77);
        Map<UUID, Path> good = new LinkedHashMap<>();
        photos.forEach(photo -> good.put(EventCodec.newId(), photo));

        // when: the hostile ones first, so that the good ones stand behind them
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            for (Map.Entry<UUID, Path> file : both(hostile, good)) {
                uploader.submit(file.getKey(), file.getValue()).join();
            }
        }

        // then
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> {
                            for (UUID assetId : good.keySet()) {
                                assertThat(house.asset(assetId)).isNotNull();
                                assertThat(house.asset(assetId).path("ready").asBoolean()).isTrue();
                            }
                            assertThat(deadLetters(hostile)).hasSize(hostile.size());
                        });
        hostile.forEach(
                (assetId, file) ->
                        assertThat(deadLetters(Map.of(assetId, file)))
                                .as(file.toString())
                                .singleElement()
                                .extracting(HostileFilesIT::reason)
                                .asString()
                                .contains(String.valueOf(file.getFileName()))
                                .contains(reasons.get(String.valueOf(file.getFileName()))));
        assertThat(deadLetters(good)).isEmpty();
        assertThat(ProcessHandle.current().pid()).isEqualTo(process);
    }

    private static List<Map.Entry<UUID, Path>> both(Map<UUID, Path> one, Map<UUID, Path> other) {
        return Stream.concat(one.entrySet().stream(), other.entrySet().stream()).toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(Map<UUID, Path> about) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        for (String topic : DEAD_LETTERS) {
            found.addAll(
                    house.records(
                            topic,
                            record ->
                                    about.containsKey(
                                            UUID.fromString(new String(record.key(), UTF_8)))));
        }
        return found;
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        return EventCodec.header(record.headers(), DeliveryHeaders.REASON);
    }

    private static Path save(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
