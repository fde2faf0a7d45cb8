package dev.darkroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.schema.AssetCreated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeliveryIT {
    private final Stage stage = new Stage();
    private final Pictures pictures = new Pictures(stage.jdbc);

    @BeforeAll
    static void beSlowTolerant() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void eventsThatComeThreeTimesInAnyOrderLeaveTheSameRows() {
        // given
        List<AssetCreated> assets =
                IntStream.range(0, 40).mapToObj(i -> stage.asset("fine-" + i)).toList();
        stage.run(pictures, 3);
        assets.forEach(stage::publish);
        assets.forEach(asset -> awaitLedger(asset, "completed v1 1 0"));
        List<String> once = stage.tables();

        // when
        List<AssetCreated> thrice = new ArrayList<>(assets);
        thrice.addAll(assets);
        thrice.addAll(assets);
        Collections.shuffle(thrice, new Random(42));
        thrice.forEach(stage::publish);
        AssetCreated last = stage.asset("fine-last");
        stage.publish(last);
        awaitLedger(last, "completed v1 1 0");

        // then
        assertThat(stage.tables()).containsAll(once).hasSize(once.size() + 2);
        assertThat(pictures.performed.values()).containsOnly(1);
    }

    @Test
    void anOlderVersionThatComesLateChangesNothing() {
        // given
        AssetCreated first = stage.asset("fine");
        AssetCreated second = stage.newer(first);
        stage.run(pictures, 3);
        stage.publish(second);
        awaitLedger(first, "completed v2 1 0");

        // when
        List<String> before = stage.tables();
        stage.publish(first);
        AssetCreated next = stage.asset("fine");
        stage.publish(next);
        awaitLedger(next, "completed v1 1 0");

        // then
        assertThat(stage.tables()).containsAll(before);
    }

    @Test
    void givesUpOnOneAndServesItsNeighbours() {
        // given
        List<AssetCreated> fine =
                IntStream.range(0, 10).mapToObj(i -> stage.asset("fine-" + i)).toList();
        AssetCreated hopeless = stage.asset("hopeless");

        // when
        stage.publish(hopeless);
        fine.forEach(stage::publish);
        stage.run(pictures, 3);

        // then
        fine.forEach(asset -> awaitLedger(asset, "completed v1 1 0"));
        awaitLedger(hopeless, "dead v1 1 1 hopeless is not a picture");
        await().untilAsserted(() -> assertThat(stage.deadLetters()).hasSize(1));
        ConsumerRecord<byte[], byte[]> letter = stage.deadLetters().getFirst();
        assertThat(header(letter, DeliveryHeaders.REASON)).isEqualTo("hopeless is not a picture");
        assertThat(header(letter, DeliveryHeaders.ORIGIN_TOPIC)).isEqualTo(stage.topic);
        assertThat(header(letter, CloudEventHeaders.TYPE)).isEqualTo("asset.created.v1");
        assertThat(new String(letter.key(), StandardCharsets.UTF_8))
                .isEqualTo(hopeless.assetId().toString());
    }

    @Test
    void skipsWhatCannotBeDoneHereAndTakesItUpWhenItComesAgain() {
        // given
        AssetCreated foreign = stage.asset("foreign");
        stage.publish(foreign);
        stage.run(pictures, 3);
        awaitLedger(foreign, "skipped v1 1 0 foreign needs a decoder");

        // when
        stage.publish(foreign);

        // then
        awaitLedger(foreign, "completed v1 2 0");
        assertThat(stage.deadLetters()).isEmpty();
    }

    @Test
    void triesAgainUntilItWorks() {
        // given
        AssetCreated flaky = stage.asset("flaky-2");

        // when
        stage.publish(flaky);
        stage.run(pictures, 5);

        // then
        awaitLedger(flaky, "completed v1 3 2");
        assertThat(stage.deadLetters()).isEmpty();
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        // given
        AssetCreated flaky = stage.asset("flaky-99");

        // when
        stage.publish(flaky);
        stage.run(pictures, 3);

        // then
        awaitLedger(flaky, "dead v1 3 3 IllegalStateException: failed for the 3. time");
        await().untilAsserted(() -> assertThat(stage.deadLetters()).hasSize(1));
        assertThat(header(stage.deadLetters().getFirst(), DeliveryHeaders.ATTEMPT)).isEqualTo("3");
    }

    @Test
    void aRowThatCannotBeWrittenFailsAlone() {
        // given
        List<AssetCreated> fine =
                IntStream.range(0, 10).mapToObj(i -> stage.asset("fine-" + i)).toList();
        AssetCreated unwritable = stage.asset("unwritable");

        // when
        fine.subList(0, 5).forEach(stage::publish);
        stage.publish(unwritable);
        fine.subList(5, 10).forEach(stage::publish);
        stage.run(pictures, 1);

        // then
        fine.forEach(asset -> awaitLedger(asset, "completed v1 1 0"));
        await().untilAsserted(() -> assertThat(stage.ledger(unwritable)).startsWith("dead v1 1 1"));
        await().untilAsserted(() -> assertThat(stage.deadLetters()).hasSize(1));
    }

    @Test
    void eachUnreadableRecordIsOneDeadLetter() {
        // given
        AssetCreated fine = stage.asset("fine");
        ProducerRecord<byte[], byte[]> noType =
                new ProducerRecord<>(stage.topic, bytes("k"), bytes("{}"));
        ProducerRecord<byte[], byte[]> noJson = typed("asset.created.v1", "{");
        ProducerRecord<byte[], byte[]> noData = typed("asset.created.v1", null);
        ProducerRecord<byte[], byte[]> unknown = typed("asset.eaten.v1", "{}");
        ProducerRecord<byte[], byte[]> incomplete =
                typed("asset.created.v1", "{\"version\":1,\"size\":1,\"priority\":5}");
        ProducerRecord<byte[], byte[]> foreign =
                typed(
                        "asset.ready.v1",
                        "{\"assetId\":\"0191e1ab-7e4f-7c3a-8a52-0123456789ab\",\"version\":1,\"tasks\":[],\"readyAt\":\"2026-01-01T00:00:00Z\"}");

        // when
        List.of(noType, noJson, noData, unknown, incomplete, foreign).forEach(stage::publishRaw);
        stage.publish(fine);
        stage.run(pictures, 3);

        // then
        awaitLedger(fine, "completed v1 1 0");
        await().untilAsserted(() -> assertThat(stage.deadLetters()).hasSize(6));
        assertThat(stage.deadLetters())
                .extracting(letter -> header(letter, DeliveryHeaders.REASON))
                .anySatisfy(reason -> assertThat(reason).contains("ce_type is missing"))
                .anySatisfy(reason -> assertThat(reason).contains("no data"))
                .anySatisfy(reason -> assertThat(reason).contains("not known: asset.eaten.v1"))
                .anySatisfy(reason -> assertThat(reason).contains("assetId is missing"))
                .anySatisfy(reason -> assertThat(reason).contains("does not belong on topic"));
    }

    @Test
    void waitsForADatabaseThatIsDownWithoutCountingAttempts() {
        // given
        List<AssetCreated> assets =
                IntStream.range(0, 10).mapToObj(i -> stage.asset("fine-" + i)).toList();
        stage.databaseIsDown.set(true);
        stage.run(pictures, 1);

        // when
        assets.forEach(stage::publish);
        await().during(Duration.ofSeconds(1)).until(() -> pictures.performed.isEmpty());
        stage.databaseIsDown.set(false);

        // then
        assets.forEach(asset -> awaitLedger(asset, "completed v1 1 0"));
        assertThat(stage.deadLetters()).isEmpty();
    }

    @Test
    void anAssetThatWasDeletedMeanwhileLeavesNoRow() {
        // given
        AssetCreated deleted = stage.asset("fine");
        stage.admin.sql("delete from assets").update();
        AssetCreated next = stage.asset("fine");

        // when
        stage.publish(deleted);
        stage.publish(next);
        stage.run(pictures, 1);

        // then
        awaitLedger(next, "completed v1 1 0");
        await().untilAsserted(() -> assertThat(stage.deadLetters()).hasSize(1));
        assertThat(stage.ledger(deleted)).isEqualTo("none");
    }

    private void awaitLedger(AssetCreated asset, String line) {
        await().untilAsserted(() -> assertThat(stage.ledger(asset)).isEqualTo(line));
    }

    private ProducerRecord<byte[], byte[]> typed(String type, @Nullable String data) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(stage.topic, bytes("k"), data == null ? null : bytes(data));
        record.headers().add(CloudEventHeaders.TYPE, bytes(type));
        return record;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return EventCodec.header(record.headers(), name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
