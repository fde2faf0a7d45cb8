package dev.darkroom.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// One Kafka node, broker and controller, inside this JVM, with its log in a folder that lasts.
///
/// The only file that touches Kafka's internal classes. Kafka ends the JVM when its log directory
/// fails under it: a broker that cannot write must not answer.
final class EmbeddedKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /// Formats the folder the first time, starts, and returns when clients are served.
    static EmbeddedKafka start(Path folder, Ports ports, boolean durable) {
        try {
            format(folder);
        } catch (Exception e) {
            throw new BackendsUnavailable("cannot prepare Kafka's folder " + folder, e);
        }
        KafkaConfig config = new KafkaConfig(settings(folder, ports, durable), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new BackendsUnavailable("Kafka did not start on " + folder, e);
        }
        return new EmbeddedKafka(server, ports.kafka());
    }

    static String version() {
        return AppInfoParser.getVersion();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void format(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .setDirectories(List.of(folder.toString()))
                    .run();
        }
    }

    private static Properties settings(Path folder, Ports ports, boolean durable) {
        Properties settings = new Properties();
        network(settings, ports);
        storage(settings, folder, durable);
        oneNode(settings);
        return settings;
    }

    /// The voter is named by configuration, not stored, so that the ports may change between
    /// starts.
    private static void network(Properties settings, Ports ports) {
        String broker = "PLAINTEXT://127.0.0.1:" + ports.kafka();
        String controller = "CONTROLLER://127.0.0.1:" + ports.controller();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("listeners", broker + "," + controller);
        settings.setProperty("advertised.listeners", broker);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + ports.controller());
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
    }

    private static void storage(Properties settings, Path folder, boolean durable) {
        settings.setProperty("log.dirs", folder.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("log.segment.bytes", Integer.toString(128 << 20));
        settings.setProperty("log.retention.hours", Integer.toString(7 * 24));
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        settings.setProperty("num.recovery.threads.per.data.dir", "2");
        if (durable) {
            // No second replica holds what a power cut takes from the page cache: lose a second at
            // most. The death of the process alone loses nothing either way.
            settings.setProperty("log.flush.interval.ms", "1000");
            settings.setProperty("log.flush.scheduler.interval.ms", "1000");
        }
    }

    /// One replica of everything, few internal partitions, and a short session: after `kill -9` the
    /// node waits until its own former session has ended.
    private static void oneNode(Properties settings) {
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "8");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "4");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("broker.session.timeout.ms", "2500");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
    }
}
