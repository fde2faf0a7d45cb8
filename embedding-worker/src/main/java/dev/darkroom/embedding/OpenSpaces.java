package dev.darkroom.embedding;

import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.embedding.space.Spaces;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The spaces that this worker fills: those of its embedders that are not retired.
///
/// Looked up again every second. What is made for a space that was retired meanwhile is not
/// written.
class OpenSpaces {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Spaces spaces;
    private final Supplier<List<Embedder>> available;
    private final Map<SpaceSpec, Embedder> embedders = new LinkedHashMap<>();
    private Map<Space, Embedder> open = Map.of();
    private long asOf;

    /// @param available the embedders that there are now; one that was there once stays
    OpenSpaces(Spaces spaces, Supplier<List<Embedder>> available) {
        this.spaces = spaces;
        this.available = available;
        this.asOf = System.nanoTime() - FRESH_NANOS;
    }

    /// Makes the spaces that are missing.
    synchronized void announce() {
        for (Embedder embedder : available.get()) {
            Embedder other = embedders.putIfAbsent(embedder.space(), embedder);
            if (other == null) {
                spaces.open(embedder.space());
            } else if (!other.equals(embedder)) {
                throw new IllegalStateException(
                        "two embedders fill one space: " + embedder.space());
            }
        }
    }

    synchronized Map<Space, Embedder> embedders() {
        if (System.nanoTime() - asOf >= FRESH_NANOS) {
            announce();
            Map<Space, Embedder> fresh = new LinkedHashMap<>();
            for (Space space : spaces.all()) {
                Embedder embedder = embedders.get(space.spec());
                if (embedder != null && space.state() != Space.State.RETIRED) {
                    fresh.put(space, embedder);
                }
            }
            open = Map.copyOf(fresh);
            asOf = System.nanoTime();
        }
        return open;
    }

    /// The space of a role that is searched, if it is one of ours.
    Optional<Map.Entry<Space, Embedder>> active(String role) {
        return embedders().entrySet().stream()
                .filter(
                        one ->
                                one.getKey().spec().role().equals(role)
                                        && one.getKey().state() == Space.State.ACTIVE)
                .findFirst();
    }
}
