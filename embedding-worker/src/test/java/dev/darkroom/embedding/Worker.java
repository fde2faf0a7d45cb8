package dev.darkroom.embedding;

import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.schema.AssetCreated;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// embedding-worker as it runs, with a Kafka and a PostgreSQL of the tests.
final class Worker {
    private Worker() {}

    static ConfigurableApplicationContext start(
            MigratedDatabase database, List<Class<?>> more, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--server.port=0");
        return new SpringApplicationBuilder(EmbeddingWorkerApplication.class)
                .sources(more.toArray(Class<?>[]::new))
                .properties(settings(database).toArray(String[]::new))
                .run(all.toArray(String[]::new));
    }

    /// As every worker of the tests has them, each a name and a value.
    static List<String> settings(MigratedDatabase database) {
        return List.of(
                "spring.config.name=embedding-worker",
                "darkroom.embedding.media-processes=1",
                "darkroom.embedding.look-again=200ms",
                "darkroom.delivery.pause=200ms",
                "darkroom.delivery.first-delay=50ms",
                "darkroom.kafka.bootstrap-servers=" + database.bootstrapServers(),
                "darkroom.database.port=" + database.address().port(),
                "darkroom.database.name=" + database.address().name(),
                "darkroom.database.password=" + MigratedDatabase.PASSWORD);
    }

    static void publish(ConfigurableApplicationContext worker, AssetCreated... assets) {
        EventPublisher publisher = worker.getBean(EventPublisher.class);
        for (AssetCreated asset : assets) {
            publisher.publish(asset).join();
        }
    }

    static HttpResponse<String> send(
            ConfigurableApplicationContext worker, String method, String path)
            throws IOException, InterruptedException {
        String port = worker.getEnvironment().getProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
    }
}
