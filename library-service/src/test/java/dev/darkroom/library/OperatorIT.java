package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OperatorIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @Test
    void countsAssetsTasksThumbnailsAndTheOutbox() throws IOException {
        UUID ready = library.photo("a.jpg", NOON);
        library.thumbnail(ready, "small", 150, 100, new byte[] {1, 2, 3});
        library.thumbnailTask(ready, "completed", null);
        library.asIngest
                .sql("update assets set ready_version = version where asset_id = ?")
                .param(ready)
                .update();
        library.thumbnailTask(library.photo("b.jpg", NOON), "pending", null);
        library.asIngest
                .sql(
                        """
                        insert into outbox values (gen_random_uuid(), 'asset', 'a', 'asset-created',
                            'asset.created.v1', '{}', now() - interval '90 seconds')
                        """)
                .update();

        JsonNode status = library.getJson("/api/status");

        assertThat(status.at("/assets/0/type").asString()).isEqualTo("photo");
        assertThat(status.at("/assets/0/total").asInt()).isEqualTo(2);
        assertThat(status.at("/assets/0/ready").asInt()).isEqualTo(1);
        assertThat(status.get("tasks")).hasSize(2);
        assertThat(status.at("/thumbnails/0/bytes").asInt()).isEqualTo(3);
        assertThat(status.at("/outbox/rows").asInt()).isEqualTo(1);
        assertThat(status.at("/outbox/oldestSeconds").asInt()).isBetween(89, 150);
    }

    @Test
    void countsAnEmptyLibrary() {
        JsonNode status = library.getJson("/api/status");

        assertThat(status.get("assets")).isEmpty();
        assertThat(status.at("/outbox/rows").asInt()).isZero();
    }

    @Test
    void listsDeadTasksWithFileAndReasonPageByPage() throws IOException {
        List<String> dead = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            UUID id = library.photo("broken " + i + ".jpg", NOON);
            library.thumbnailTask(id, "dead", "broken " + i + ".jpg is cut off");
            dead.add(id.toString());
        }
        library.thumbnailTask(library.photo("fine.jpg", NOON), "completed", null);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page =
                    library.getJson(
                            "/api/tasks?status=dead&limit=3"
                                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode item : page.get("items")) {
                seen.add(item.get("assetId").asString());
                assertThat(item.get("reason").asString())
                        .isEqualTo(item.get("originalFilename").asString() + " is cut off");
            }
            cursor = page.path("next").asString(null);
        }

        assertThat(seen).containsExactlyElementsOf(dead.reversed());
        assertThat(library.getJson("/api/tasks?task=embedding").get("items")).isEmpty();
    }
}
