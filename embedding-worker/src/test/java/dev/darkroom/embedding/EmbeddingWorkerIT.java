package dev.darkroom.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddingWorkerIT {
    @Test
    void keepsTheLedgerOfItsTaskForEachPhoto() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        try (ConfigurableApplicationContext worker = start(database, Lengths.class)) {
            AssetCreated photo = photo(database.asAdmin());

            // when
            worker.getBean(EventPublisher.class).publish(photo).join();

            // then
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(tasks(database.asAdmin()))
                                            .containsExactly("embedding completed"));
        }
    }

    @Test
    void refusesToStartWithoutWork() throws SQLException {
        MigratedDatabase database = MigratedDatabase.create();

        assertThatThrownBy(() -> start(database).close())
                .rootCause()
                .hasMessageContaining("there is no Embedder");
    }

    private static ConfigurableApplicationContext start(
            MigratedDatabase database, Class<?>... more) {
        return new SpringApplicationBuilder(EmbeddingWorkerApplication.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.config.name=embedding-worker",
                        "darkroom.kafka.bootstrap-servers=" + database.bootstrapServers(),
                        "darkroom.database.port=" + database.address().port(),
                        "darkroom.database.name=" + database.address().name(),
                        "darkroom.database.password=" + MigratedDatabase.PASSWORD)
                .run();
    }

    private static List<String> tasks(JdbcClient admin) {
        return admin.sql("select task || ' ' || status from processing_tasks")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static AssetCreated photo(JdbcClient admin) {
        UUID repository =
                admin.sql(
                                "insert into repositories (name, path) values ('r', '/r') returning repository_id")
                        .query(UUID.class)
                        .single();
        UUID id = EventCodec.newId();
        Sha256 sha256 = new Sha256("a".repeat(64));
        admin.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path,
                            mime_type, file_size, content_hash)
                        values (?, ?, 'photo', 'a.jpg', 'repo://r/a.jpg', 'image/jpeg', 1, ?)
                        """)
                .params(id, repository, sha256.contentHash())
                .update();
        return new AssetCreated(
                id,
                1,
                AssetType.PHOTO,
                "image/jpeg",
                StorageUri.ofBlob(repository, "a.jpg"),
                "a.jpg",
                1,
                sha256,
                null,
                null,
                repository,
                null,
                2,
                Instant.now());
    }

    /// An embedder whose embedding is the length of the file's name.
    @Configuration
    static class Lengths {
        @Bean
        Embedder<Integer> lengths() {
            return new Embedder<>() {
                @Override
                public Integer perform(AssetCreated asset) {
                    return asset.fileName().length();
                }

                @Override
                public void record(List<Done<AssetCreated, Integer>> done) {}
            };
        }
    }
}
