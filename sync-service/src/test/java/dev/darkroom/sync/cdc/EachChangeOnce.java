package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Table;
import dev.darkroom.streams.ChangeFeed;
import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.Position;
import dev.darkroom.streams.StartAt;
import dev.darkroom.streams.TopicReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client of the change streams that hangs up again and again, and goes on from the last id that
/// it got.
final class EachChangeOnce {
    private static final List<String> TABLES =
            Arrays.stream(Table.values()).map(Table::tableName).toList();

    private final String bootstrapServers;
    private final Random random = new Random(11);
    private final Set<String> taken = new HashSet<>();
    private @Nullable Position position;

    private EachChangeOnce(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// Reads all there is, and asserts that no change comes twice.
    ///
    /// @param patience it hangs up after at most so many changes
    /// @return how many there were
    static int read(String bootstrapServers, int patience) {
        EachChangeOnce client = new EachChangeOnce(bootstrapServers);
        while (client.hungUpBeforeTheEnd(1 + client.random.nextInt(patience + 1))) {}
        return client.taken.size();
    }

    private boolean hungUpBeforeTheEnd(int most) {
        int left = most;
        TopicReader reader = new TopicReader(bootstrapServers, "each-change-once", 4 << 20);
        try (ChangeFeed feed = open(reader)) {
            reader.endHere();
            while (!reader.isAtEnd()) {
                for (ChangeFeed.Event event : feed.poll(Duration.ofMillis(200))) {
                    take(event.change());
                    position = event.after();
                    if (--left == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private ChangeFeed open(TopicReader reader) {
        ChangeFilter all = ChangeFilter.of(EnumSet.allOf(Op.class), null);
        return position == null
                ? ChangeFeed.open(reader, TABLES, all, new StartAt.Beginning())
                // As a client sends it back.
                : ChangeFeed.resume(reader, TABLES, all, Position.of(position.toString()));
    }

    private void take(ChangeRecord change) {
        String id = change.table() + change.keyText() + change.lsn();
        assertThat(taken.add(id)).as(id).isTrue();
    }
}
