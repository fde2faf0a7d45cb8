package dev.darkroom.command.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.embedded.TestBackends;
import dev.darkroom.schema.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a topic may look like after crashes, and what is made of it. That a real load comes out
/// byte for byte is `AnalystIT`'s matter.
class RebuildIT {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    /// Later than every change here: nothing to wait for.
    private static final Optional<Instant> NOW = Optional.of(T0.plusSeconds(3_600));

    private static final String TOPIC = Table.REPOSITORIES.changeTopic();

    private final String kafka = TestBackends.shared().bootstrapServers();
    private final PostgresAddress server = TestBackends.shared().postgres();
    private final DatabaseAddress target =
            new DatabaseAddress(
                    server.host(), server.port(), "copy_" + DATABASES.incrementAndGet());
    private final Login admin = new Login(server.adminUser(), server.adminPassword());

    private KafkaProducer<String, String> producer;

    @BeforeEach
    void makeTopic() throws Exception {
        try (Admin client = Admin.create(Map.of("bootstrap.servers", kafka))) {
            client.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka),
                        new StringSerializer(),
                        new StringSerializer());
    }

    @AfterEach
    void removeTopic() throws Exception {
        producer.close();
        try (Admin client = Admin.create(Map.of("bootstrap.servers", kafka))) {
            client.deleteTopics(List.of(TOPIC)).all().get();
        }
    }

    private static String id(int number) {
        return "00000000-0000-7000-8000-%012d".formatted(number);
    }

    private static String row(int number, String name) {
        return "\"repository_id\":\"%s\",\"name\":\"%s\",\"is_default\":false,\"created_at\":\"2026-01-01T00:00:00.000001Z\",\"updated_at\":\"2026-01-01T00:00:00.000002Z\""
                .formatted(id(number), name);
    }

    private void publish(
            String op, long lsn, int second, @Nullable Integer number, @Nullable String columns)
            throws Exception {
        publish(op, lsn, second, number, columns, "");
    }

    private void publish(
            String op,
            long lsn,
            int second,
            @Nullable Integer number,
            @Nullable String columns,
            String more)
            throws Exception {
        String value =
                "{\"before\":null,\"after\":%s,%s\"source\":{\"lsn\":%d,\"txId\":1,\"ts_ms\":%d},\"op\":\"%s\",\"ts_ms\":1}"
                        .formatted(
                                columns == null ? null : "{" + columns + "}",
                                more,
                                lsn,
                                T0.plusSeconds(second).toEpochMilli(),
                                op);
        String key = number == null ? null : "{\"repository_id\":\"%s\"}".formatted(id(number));
        producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
    }

    private Rebuild.Copy rebuild(Optional<Instant> until, boolean overwrite) throws Exception {
        return new Rebuild(
                        new RebuildRequest(
                                kafka, target, admin, Set.of(Table.REPOSITORIES), until, overwrite),
                        _ -> {})
                .run();
    }

    private List<String> names() throws SQLException {
        return query("select name from repositories order by name");
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                target.jdbcUrl(), admin.user(), admin.password());
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    @Test
    void takesEachChangeOnceInTheOrderOfTheLog() throws Exception {
        publish("u", 20, 2, 1, row(1, "newer") + ",\"path\":\"/a\"");
        publish("c", 10, 1, 1, row(1, "older") + ",\"path\":\"/a\"");
        publish("c", 11, 1, 2, row(2, "gone") + ",\"path\":\"/b\"");
        publish("d", 21, 2, 2, null);
        publish("c", 11, 1, 2, row(2, "gone") + ",\"path\":\"/b\"");
        // Deleted and made again, and an update that was published before its row.
        publish("d", 30, 3, 3, null);
        publish("c", 31, 4, 3, row(3, "again") + ",\"path\":\"/c\"");

        Rebuild.Copy copy = rebuild(Optional.empty(), false);

        assertThat(names()).containsExactly("again", "newer");
        RebuiltTable table = copy.tables().getFirst();
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.changes()).isEqualTo(7);
        assertThat(table.duplicates()).isEqualTo(1);
        assertThat(copy.asOf()).isEqualTo(T0.plusSeconds(4));
    }

    @Test
    void aTruncationEndsWhatCameBeforeIt() throws Exception {
        publish("c", 10, 1, 1, row(1, "before") + ",\"path\":\"/a\"");
        publish("c", 30, 3, 2, row(2, "after") + ",\"path\":\"/b\"");
        publish("t", 20, 2, null, null);

        rebuild(NOW, false);

        assertThat(names()).containsExactly("after");
    }

    @Test
    void aValueThatUpdatesLeftAloneIsFoundInOlderChanges() throws Exception {
        publish("c", 5, 1, 1, row(1, "first life") + ",\"path\":\"/wrong\"");
        publish("d", 6, 1, 1, null);
        publish("c", 10, 1, 1, row(1, "one") + ",\"path\":\"/right \\\"\\\\n\\u00fc\"");
        publish("u", 20, 2, 1, row(1, "two"), "\"unchanged\":[\"path\"],");
        publish("u", 30, 3, 1, row(1, "three"), "\"unchanged\":[\"path\"],");

        rebuild(NOW, false);

        assertThat(query("select name || path from repositories"))
                .containsExactly("three/right \"\\nü");
    }

    @Test
    void saysWhenAValueIsNowhere() throws Exception {
        publish("u", 20, 2, 1, row(1, "two"), "\"unchanged\":[\"path\"],");

        assertThatThrownBy(() -> rebuild(NOW, false))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("cdc.repositories does not have every value")
                .hasMessageContaining(id(1));
        assertThat(query("select nspname from pg_namespace where nspname = 'rebuild_workshop'"))
                .isEmpty();
    }

    @Test
    void aColumnThatCameLaterHasItsDefault() throws Exception {
        publish("c", 10, 1, 1, row(1, "older than the column") + ",\"path\":\"/a\"");

        rebuild(NOW, false);

        assertThat(query("select storage_strategy || rescan_interval_seconds from repositories"))
                .containsExactly("date3600");
    }

    @Test
    void isAsOfATime() throws Exception {
        publish("c", 10, 1, 1, row(1, "one") + ",\"path\":\"/a\"");
        publish("u", 20, 2, 1, row(1, "two") + ",\"path\":\"/a\"");
        publish("c", 30, 3, 2, row(2, "later") + ",\"path\":\"/b\"");

        Rebuild.Copy copy = rebuild(Optional.of(T0.plusSeconds(1)), false);

        assertThat(names()).containsExactly("one");
        assertThat(copy.tables().getFirst().later()).isEqualTo(2);
    }

    @Test
    void keepsWhatIsThereUnlessToldOtherwise() throws Exception {
        publish("c", 10, 1, 1, row(1, "one") + ",\"path\":\"/a\"");
        rebuild(NOW, false);

        assertThatThrownBy(() -> rebuild(NOW, false))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("rows already in repositories")
                .hasMessageContaining("--overwrite");
        assertThat(rebuild(NOW, true).tables().getFirst().rows()).isEqualTo(1);
    }

    @Test
    void refusesTopicsWhoseBeginningIsGone() throws Exception {
        publish("c", 10, 1, 1, row(1, "one") + ",\"path\":\"/a\"");
        publish("u", 20, 1, 1, row(1, "one") + ",\"path\":\"/a\"");
        try (Admin client = Admin.create(Map.of("bootstrap.servers", kafka))) {
            for (int partition = 0; partition < 2; partition++) {
                client.deleteRecords(
                                Map.of(
                                        new TopicPartition(TOPIC, partition),
                                        RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
        }

        assertThatThrownBy(() -> rebuild(NOW, false))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Kafka has dropped the first 2 records of cdc.repositories");
    }

    @Test
    void bringsBackIndexesTriggersAndKeys() throws Exception {
        publish("c", 10, 1, 1, row(1, "one") + ",\"path\":\"/a\"");
        rebuild(NOW, false);
        String objects =
                "select pg_get_indexdef(indexrelid) from pg_index union all"
                        + " select conrelid::regclass::text || pg_get_constraintdef(oid) from pg_constraint"
                        + " union all select tgrelid::regclass::text || tgname || tgenabled::text from pg_trigger"
                        + " where not tgisinternal union all select relname from pg_class where"
                        + " relforcerowsecurity order by 1";
        List<String> before = query(objects);

        rebuild(NOW, true);

        assertThat(query(objects)).isEqualTo(before);
    }
}
