package dev.darkroom.sync.cdc.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.sync.cdc.StreamHouse;
import dev.darkroom.sync.cdc.row.Catalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Our reading of the log against Debezium's, on the same log: the same changes, keys, positions,
/// transactions and times, and the same values, but where [Sample] says why not.
class DebeziumFormatIT {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @TempDir static Path folder;
    private static StreamHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = StreamHouse.open(folder);
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @Test
    void readsEveryTypeAsDebeziumDoesOrBetter() throws Exception {
        // given
        List<Sample> samples = Sample.all();
        List<String> tables = new ArrayList<>();
        house.administer("create publication types");
        for (int i = 0; i < samples.size(); i++) {
            publish(
                    "types",
                    "t" + i,
                    "(id int primary key, v %s)".formatted(samples.get(i).type()));
            tables.add("public.t" + i);
        }
        createSlots("types");

        // when
        try (Connection connection = house.connectAsAdmin()) {
            for (int i = 0; i < samples.size(); i++) {
                insert(connection, "t" + i, samples.get(i));
            }
        }

        // then
        List<Told> ours = ours("types", samples.size()).told();
        List<Told> theirs = theirs("types", String.join(",", tables), ours.size());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            JsonNode our = after(ours.get(i)).get("v");
            JsonNode their = after(theirs.get(i)).path("v");
            if (sample.ours() == null) {
                assertThat(same(our, their)).as("%s: %s, %s", sample, our, their).isTrue();
            } else {
                assertThat(our.toString()).as(sample.toString()).isEqualTo(sample.ours());
                assertThat(our.toString()).as(sample.toString()).isNotEqualTo(their.toString());
            }
            assertSameFrame(ours.get(i), theirs.get(i));
        }
    }

    @Test
    void tellsEveryKindOfChangeAsDebeziumDoes() throws Exception {
        // given
        house.administer("create publication changes");
        publish("changes", "c_key", "(b int, a text, v text, primary key (a, b))");
        publish("changes", "c_full", "(id int primary key, v text, big text)");
        publish("changes", "c_none", "(v text)");
        house.administer("alter table c_full replica identity full");
        house.administer("alter table c_none replica identity full");
        house.administer("alter table c_full alter column big set storage external");
        createSlots("changes");

        // when
        String[] statements = {
            "insert into c_key values (1, 'x', 'one'), (2, 'x', null)",
            "update c_key set v = 'two' where b = 1",
            "update c_key set b = 3, a = 'y' where b = 1",
            "delete from c_key where b = 2",
            "insert into c_full values (1, 'a', repeat('big', 4000))",
            "update c_full set v = 'b'",
            "update c_full set id = 2",
            "alter table c_key add column later int default 7",
            "insert into c_key values (4, 'z', 'late', 8)",
            "delete from c_full",
            "insert into c_none values ('n')",
            "update c_none set v = 'm'",
            "delete from c_none",
            "truncate c_key, c_none"
        };
        for (String statement : statements) {
            house.administer(statement);
        }

        // then
        List<Told> ours = ours("changes", statements.length - 1).told();
        List<Told> theirs =
                theirs("changes", "public.c_key,public.c_full,public.c_none", ours.size());
        assertThat(ours)
                .extracting(Told::op)
                .containsExactly(
                        "c", "c", "u", "d", "c", "d", "c", "u", "d", "c", "c", "d", "c", "u", "d",
                        "t", "t");
        IntStream.range(0, ours.size())
                .forEach(
                        i -> {
                            Told our = ours.get(i);
                            Told their = theirs.get(i);
                            assertSameFrame(our, their);
                            assertThat(our.after()).isEqualTo(their.after());
                            assertBefore(our, their);
                        });
        // The key's columns stand in the order of the key, not of the table.
        assertThat(ours.get(3).key()).hasToString("{\"a\":\"x\",\"b\":1}");
    }

    /// A large value that an update left alone: completed where the log holds the old row, else
    /// absent.
    @Test
    void neverWritesAPlaceholder() throws Exception {
        // given
        house.administer("create publication large");
        publish("large", "l_key", "(id int primary key, v text, big text)");
        publish("large", "l_full", "(id int primary key, v text, big text)");
        house.administer("alter table l_full replica identity full");
        for (String table : List.of("l_key", "l_full")) {
            house.administer(
                    "alter table %s alter column big set storage external".formatted(table));
        }
        createSlots("large");

        // when
        for (String table : List.of("l_key", "l_full")) {
            house.administer(
                    "insert into %s values (1, 'a', repeat('big', 4000))".formatted(table));
            house.administer("update %s set v = 'b'".formatted(table));
        }

        // then
        List<Told> told = ours("large", 4).told();
        assertThat(after(told.get(1)).propertyNames()).containsExactly("id", "v");
        assertThat(after(told.get(3)).propertyNames()).containsExactly("id", "v", "big");
        assertThat(after(told.get(3)).get("big").asString()).hasSize(12_000);
    }

    @Test
    void handsOverMessagesAtTheirPlace() throws Exception {
        // given
        house.administer("create publication messages");
        publish("messages", "m_rows", "(id int primary key)");
        createSlots("messages");

        // when
        house.administer(
                "begin; insert into m_rows values (1); select pg_logical_emit_message(true,"
                        + " 'darkroom.test', 'inside ü'); insert into m_rows values (2); commit");
        house.administer("select pg_logical_emit_message(false, 'darkroom.test', 'alone')");
        house.administer("insert into m_rows values (3)");

        // then
        OurReader ours = ours("messages", 2);
        assertThat(ours.messages())
                .extracting(message -> new String(message.content(), StandardCharsets.UTF_8))
                .containsExactly("inside ü", "alone");
        assertThat(ours.messages())
                .extracting(LogMessage::transactional)
                .containsExactly(true, false);
        assertThat(ours.messages().getFirst().lsn())
                .isBetween(ours.told().get(0).lsn(), ours.told().get(1).lsn());
        assertThat(ours.messages().getLast().lsn()).isLessThan(ours.told().get(2).lsn());
    }

    private static void publish(String publication, String table, String columns) throws Exception {
        house.administer("create table %s %s".formatted(table, columns));
        house.administer("grant select on %s to public".formatted(table));
        house.administer("alter publication %s add table %s".formatted(publication, table));
    }

    private static void createSlots(String name) throws Exception {
        for (String slot : List.of(name + "_ours", name + "_theirs")) {
            house.administer(
                    "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
        }
    }

    private static void insert(Connection connection, String table, Sample sample)
            throws Exception {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into %s values (1, ?::%s)".formatted(table, sample.type()))) {
            insert.setString(1, sample.input());
            insert.execute();
        }
    }

    private static OurReader ours(String name, int commits) throws Exception {
        OurReader reader = new OurReader(JSON);
        var login = StreamHouse.login(Role.CDC);
        try (ReplicationLog log =
                ReplicationLog.open(house.address(), login, name + "_ours", name)) {
            LogDecoder decoder = new LogDecoder(new Catalog(house.address(), login), reader);
            while (reader.commits() < commits) {
                decoder.decode(log.read(), log.position());
            }
        }
        return reader;
    }

    private static List<Told> theirs(String name, String tables, int count) throws Exception {
        List<Told> told = new ArrayList<>();
        try (DebeziumOracle oracle =
                new DebeziumOracle(
                        house.address(),
                        StreamHouse.login(Role.CDC),
                        name + "_theirs",
                        name,
                        tables,
                        JSON)) {
            StreamHouse.await(
                    "Debezium", () -> oracle.told().size() >= count || oracle.error() != null);
            assertThat(oracle.error()).isNull();
            oracle.told().drainTo(told);
        }
        return told;
    }

    private static ObjectNode after(Told told) {
        ObjectNode after = told.after();
        assertThat(after).isNotNull();
        return after;
    }

    private static void assertSameFrame(Told our, Told their) {
        assertThat(our.op()).isEqualTo(their.op());
        assertThat(our.table()).isEqualTo(their.table());
        assertThat(our.key()).isEqualTo(their.key());
        assertThat(our.lsn()).isEqualTo(their.lsn());
        assertThat(our.txId()).isEqualTo(their.txId());
        assertThat(our.committedAt()).isEqualTo(their.committedAt());
    }

    /// Where the log holds the key alone, Debezium fills the other columns with null.
    private static void assertBefore(Told our, Told their) {
        @Nullable ObjectNode before = our.before();
        if (before != null) {
            assertThat(their.before()).isNotNull();
            before.properties()
                    .forEach(
                            column ->
                                    assertThat(column.getValue())
                                            .isEqualTo(their.before().get(column.getKey())));
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isContainer() && other.isContainer() && one.size() == other.size()) {
            return one.isArray()
                    ? IntStream.range(0, one.size()).allMatch(i -> same(one.get(i), other.get(i)))
                    : one.propertyStream()
                            .allMatch(p -> same(p.getValue(), other.path(p.getKey())));
        }
        return one.equals(other);
    }
}
