package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.Typed;
import dev.darkroom.delivery.EventCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `darkroom search`, as somebody types it, against the running system.
class SearchCommandIT {
    private final House house = House.shared();
    private final String word = "w" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void picturesAreFoundByNameByDateAndByLikeness() throws Exception {
        // given
        UUID first = submit(word + "-harbour.jpg", 71);
        UUID second = submit(word + "-market.jpg", 72);
        awaitReady(first, second);

        // when, then: by words
        Typed both = type("search", word);
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(both.out()).contains(first.toString(), word + "-harbour.jpg", "1600x1200");
        assertThat(both.out()).contains(second.toString()).doesNotContain("there is more");
        assertThat(type("search", word, "-n", "1").out()).contains("there is more");
        JsonNode answer =
                JsonMapper.shared()
                        .readTree(type("search", word, "harbour", "--format", "json").out());
        assertThat(answer.path("items").get(0).path("assetId").asString())
                .isEqualTo(first.toString());

        // by likeness
        Typed alike = awaitAlike(first);
        assertThat(alike.out()).contains("DISTANCE", "visual of visual-v1");

        // nothing
        Typed nothing = type("search", word, "--type", "video", "--from", "@-1d");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.out()).isEqualTo("nothing was found\n");
    }

    @Test
    void whatCannotBeLookedForIsRefusedWithTheReason() {
        Typed noTime = type("search", "boat", "--from", "yesterday");
        assertThat(noTime.code()).isEqualTo(2);
        assertThat(noTime.err()).contains("--from: not a time: yesterday", "2026-01-01");

        Typed noPlace = type("search", "--near", "somewhere");
        assertThat(noPlace.code()).isEqualTo(1);
        assertThat(noPlace.err()).contains("near");

        Typed unknown = type("search", "--similar-to", EventCodec.newId().toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("visual-v1");
    }

    private UUID submit(String name, long seed) throws Exception {
        Path photo = Photos.make(house.folder("search"), name, 1_600, 1_200, seed);
        UUID assetId = EventCodec.newId();
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, photo).join();
        }
        return assetId;
    }

    private void awaitReady(UUID... assets) {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            for (UUID asset : assets) {
                                JsonNode found = house.asset(asset);
                                if (found == null || !found.path("ready").asBoolean()) {
                                    return false;
                                }
                            }
                            return true;
                        });
    }

    /// An asset is ready without its vector, so that may come later.
    private Typed awaitAlike(UUID asset) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> type("search", "--similar-to", asset.toString(), "--explain"),
                        answer -> answer.code() == 0);
    }

    private Typed type(String... arguments) {
        List<String> typed = new ArrayList<>(List.of(arguments));
        typed.addAll(List.of("--data", house.data().toString()));
        return Typed.here(typed.toArray(String[]::new));
    }
}
