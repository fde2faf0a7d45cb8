package dev.darkroom.sync.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.Topics;
import dev.darkroom.embedded.TestBackends;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/// The streams over real HTTP, from a real Kafka. What the engine writes there is `TailIT`'s
/// matter.
class ChangesIT {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private static ConfigurableApplicationContext service;
    private static KafkaProducer<String, String> producer;

    private String table;

    /// The part of the service that this test is about.
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @EnableConfigurationProperties({
        dev.darkroom.sync.SyncProperties.class,
        dev.darkroom.delivery.KafkaProperties.class
    })
    @Import({StreamsConfiguration.class, ChangesController.class})
    static class StreamsAlone {}

    private static ConfigurableApplicationContext start(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--darkroom.kafka.bootstrap-servers=" + kafka(),
                                "--darkroom.sync.streams.keepalive=1s"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(StreamsAlone.class)
                .properties("spring.config.name=sync-service")
                .run(arguments.toArray(String[]::new));
    }

    private static String kafka() {
        return TestBackends.shared().bootstrapServers();
    }

    @BeforeAll
    static void start() {
        service = start(new String[0]);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka(), "linger.ms", 0),
                        new StringSerializer(),
                        new StringSerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        service.close();
    }

    @BeforeEach
    void makeTable() throws Exception {
        table = newTable();
    }

    private static String newTable() throws Exception {
        String table = "table_" + TABLES.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            admin.createTopics(List.of(new NewTopic("cdc." + table, 3, (short) 1))).all().get();
            Topics.awaitLeaders(admin, List.of("cdc." + table));
        }
        return table;
    }

    private static URI uri(ConfigurableApplicationContext service, String path) {
        String port = service.getEnvironment().getProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/api/changes/" + path);
    }

    private static URI uri(String path) {
        return uri(service, path);
    }

    private static String where(String expression) {
        return "where=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    private void publish(int id, int lsn) throws Exception {
        publish(table, id, lsn);
    }

    private static void publish(String table, int id, int lsn) throws Exception {
        String value =
                "{\"before\":null,\"after\":{\"id\":%d,\"n\":%d},\"source\":{\"lsn\":%d,\"txId\":1,\"table\":\"%s\",\"ts_ms\":5},\"op\":\"c\",\"ts_ms\":6}"
                        .formatted(id, lsn, lsn, table);
        producer.send(new ProducerRecord<>("cdc." + table, "{\"id\":" + id + "}", value)).get();
    }

    private static List<Integer> lsns(EventClient client, int count) throws Exception {
        List<Integer> lsns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EventClient.Event event = client.next();
            lsns.add(JsonMapper.shared().readTree(event.data()).path("__lsn").asInt());
        }
        return lsns;
    }

    @Test
    void sendsEachChangeAsAnEventWithAnId() throws Exception {
        publish(7, 1);

        try (EventClient client = EventClient.open(uri(table + "?from=beginning"), null)) {
            EventClient.Event event = client.next();

            assertThat(event.name()).isEqualTo("c");
            assertThat(event.id()).startsWith(table + ":0=");
            assertThat(event.data())
                    .isEqualTo(
                            "{\"id\":7,\"n\":1,\"__op\":\"c\",\"__table\":\"%s\",\"__lsn\":1,\"__tx\":1,\"__ts\":\"1970-01-01T00:00:00.005Z\"}",
                            table);
        }
    }

    @Test
    void sendsTheEnvelopeWhenAsked() throws Exception {
        publish(7, 1);

        try (EventClient client =
                EventClient.open(uri(table + "?from=beginning&format=envelope"), null)) {
            assertThat(client.next().data())
                    .startsWith("{\"before\":null,\"after\":{\"id\":7,\"n\":1},\"source\":");
        }
    }

    @Test
    void goesOnFromAnyEventWithoutLossOrRepetition() throws Exception {
        for (int i = 1; i <= 60; i++) {
            publish(i % 7, i);
        }
        List<Integer> all = new ArrayList<>();
        String id = null;
        // A client that hangs up after each handful and comes back.
        while (all.size() < 60) {
            String path = table + (id == null ? "?from=beginning" : "");
            try (EventClient client = EventClient.open(uri(path), id)) {
                all.addAll(lsns(client, Math.min(7, 60 - all.size())));
                id = client.lastId();
            }
        }

        assertThat(all).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void missesNothingThatComesBeforeTheFirstEvent() throws Exception {
        String id;
        try (EventClient client = EventClient.open(uri(table), null)) {
            client.awaitLine("id: ");
            id = client.lastId();
        }
        publish(1, 1);

        try (EventClient client = EventClient.open(uri(table), id)) {
            assertThat(lsns(client, 1)).containsExactly(1);
        }
    }

    @Test
    void sendsAChangeOnceThatIsInTheTopicTwiceEvenAcrossConnections() throws Exception {
        publish(1, 1);
        publish(2, 2);
        String id;
        try (EventClient client = EventClient.open(uri(table + "?from=beginning"), null)) {
            lsns(client, 2);
            id = client.lastId();
        }
        // The engine was killed and publishes what it had not confirmed once more.
        publish(1, 1);
        publish(2, 2);
        publish(3, 3);

        try (EventClient client = EventClient.open(uri(table), id)) {
            assertThat(lsns(client, 1)).containsExactly(3);
        }
    }

    /// Far more than any window, on three partitions, and the client is in the middle of it.
    @Test
    void sendsNothingAgainThoughTheEngineRepeatsThousandsOfChangesAfterACrash() throws Exception {
        for (int i = 1; i <= 9_000; i++) {
            publish(i % 11, i, i, Math.max(1, i - 50));
        }
        producer.flush();
        String id;
        List<Integer> all = new ArrayList<>();
        try (EventClient client = EventClient.open(uri(table + "?from=beginning"), null)) {
            all.addAll(lsns(client, 4_321));
            id = client.lastId();
        }
        // Its position was at 10 when it died.
        for (int i = 10; i <= 9_000; i++) {
            publish(i % 11, i, i, 10);
        }
        publish(3, 9_001, 9_001, 9_000);
        producer.flush();

        while (all.size() < 9_001) {
            try (EventClient client = EventClient.open(uri(table), id)) {
                all.addAll(lsns(client, Math.min(1_500, 9_001 - all.size())));
                id = client.lastId();
            }
        }

        assertThat(all).doesNotHaveDuplicates().contains(9_001);
    }

    /// As the engine does, each change in a transaction of its own.
    private void publish(int id, int lsn, int commit, int settled) {
        String value =
                "{\"before\":null,\"after\":{\"id\":%d},\"source\":{\"lsn\":%d,\"txId\":1},\"op\":\"c\"}"
                        .formatted(id, lsn);
        ProducerRecord<String, String> record =
                new ProducerRecord<>("cdc." + table, "{\"id\":" + id + "}", value);
        record.headers()
                .add("commit", Integer.toString(commit).getBytes(StandardCharsets.UTF_8))
                .add("settled", (settled + "/0").getBytes(StandardCharsets.UTF_8));
        var _ = producer.send(record);
    }

    @Test
    void filtersAndRemembersHowFarItHasLooked() throws Exception {
        try (EventClient client =
                EventClient.open(uri(table + "?op=c,u&" + where("after.n % 10 == 0")), null)) {
            client.awaitLine("id: ");
            String begin = client.lastId();
            for (int i = 1; i <= 20; i++) {
                publish(i, i);
            }

            assertThat(lsns(client, 2)).containsExactlyInAnyOrder(10, 20);
            // What did not match moves the position too.
            client.awaitLine(": keepalive");
            client.awaitLine("id: ");
            assertThat(client.lastId()).isNotEqualTo(begin);
            try (EventClient next = EventClient.open(uri(table), client.lastId())) {
                publish(1, 21);
                assertThat(lsns(next, 1)).containsExactly(21);
            }
        }
    }

    @Test
    void readsSeveralTablesAtOnce() throws Exception {
        String other = newTable();
        publish(table, 1, 1);
        publish(other, 1, 2);

        try (EventClient client =
                EventClient.open(uri(table + "," + other + "?from=beginning"), null)) {
            assertThat(lsns(client, 2)).containsExactlyInAnyOrder(1, 2);
            assertThat(client.lastId()).contains(table + ":", other + ":");
        }
    }

    @Test
    void namesThePlaceOfAMistake() throws Exception {
        var answer = EventClient.refused(uri(table + "?" + where("after.a == 1 &&\n aftr.b > 1")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("type").asString())
                .isEqualTo("urn:darkroom:problem:bad-expression");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(2);
        assertThat(problem.path("reason").asString()).contains("there is no 'aftr'");
    }

    @Test
    void refusesWhatItCannotDo() throws Exception {
        assertThat(EventClient.refused(uri("no_such_table")).statusCode()).isEqualTo(404);
        assertThat(EventClient.refused(uri("no_such_table")).body()).contains(table);
        for (String query : List.of("?op=x", "?format=xml", "?from=yesterday", "?from=@-1parsec")) {
            var answer = EventClient.refused(uri(table + query));
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).as(query).contains("urn:darkroom:problem:bad-request");
        }
    }

    @Test
    void refusesAPositionOfOtherTablesOrOfARecordThatIsGone() throws Exception {
        for (var wrong :
                Map.of("nonsense", 400, "assets:0=1", 400, table + ":0=99", 410).entrySet()) {
            var answer = EventClient.status(uri(table), wrong.getKey());
            assertThat(answer).as(wrong.getKey()).isEqualTo(wrong.getValue());
        }
    }

    @Test
    void hasRoomForSoManyAndNoticesWhenOneHasGone() throws Exception {
        try (ConfigurableApplicationContext small =
                start("--darkroom.sync.streams.max-connections=1")) {
            URI uri = uri(small, table);
            EventClient first = EventClient.open(uri, null);

            var answer = EventClient.refused(uri);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("too-many-clients");

            first.close();
            Subscriptions subscriptions = small.getBean(Subscriptions.class);
            await().atMost(Duration.ofSeconds(10)).until(() -> subscriptions.count() == 0);
            EventClient.open(uri, null).close();
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyAndGetsEverythingLater() throws Exception {
        String padding = "x".repeat(50_000);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), uri("").getPort())) {
            slow.getOutputStream()
                    .write(
                            ("GET /api/changes/" + table + "?from=beginning HTTP/1.0\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 1; i <= 400; i++) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        "cdc." + table,
                                        "{\"id\":" + i + "}",
                                        "{\"after\":{\"id\":%d,\"p\":\"%s\"},\"source\":{\"lsn\":%d},\"op\":\"c\"}"
                                                .formatted(i, padding, i)));
            }
            producer.flush();

            try (EventClient quick = EventClient.open(uri(table + "?from=beginning"), null)) {
                assertThat(lsns(quick, 400)).doesNotHaveDuplicates();
            }
            CompletableFuture<Long> events =
                    CompletableFuture.supplyAsync(() -> EventClient.countEvents(slow, 400));
            assertThat(events.join()).isEqualTo(400);
        }
    }

    @Test
    void endsWhenTheServiceStops() throws Exception {
        ConfigurableApplicationContext other = start("--server.shutdown=graceful");
        EventClient client = EventClient.open(uri(other, table), null);
        client.awaitLine("id: ");

        long begun = System.nanoTime();
        other.close();

        assertThat(client.endsHere()).isTrue();
        // Far less than the half minute that a graceful shutdown would wait for it.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
