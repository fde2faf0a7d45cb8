package dev.darkroom.sync.cdc;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/// Writers whose transactions overlap: many rows in one statement, updates, deletes, events in the
/// outbox, and now and then a rollback. They go on when their connection breaks.
final class Load implements AutoCloseable {
    private final StreamHouse house;
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean stopped;

    private Load(StreamHouse house) {
        this.house = house;
    }

    static Load start(StreamHouse house, int writers) {
        Load load = new Load(house);
        for (int i = 0; i < writers; i++) {
            Random random = new Random(i);
            load.writers.add(Thread.ofPlatform().name("writer").start(() -> load.run(random)));
        }
        return load;
    }

    int commits() {
        return commits.get();
    }

    private void run(Random random) {
        while (!stopped) {
            try (Connection connection = house.connect(Role.INGEST);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    transaction(connection, statement, random);
                }
            } catch (SQLException | IOException e) {
                // The server is restarting: what was not committed never was.
                pause(100);
            }
        }
    }

    private void transaction(Connection connection, Statement statement, Random random)
            throws SQLException, IOException {
        UUID first = UUID.randomUUID();
        statement.execute(Library.asset(first));
        statement.execute(Library.outbox(UUID.randomUUID(), Topic.ASSET_CREATED.wireName(), first));
        statement.execute(Library.assets(1 + random.nextInt(40)));
        if (random.nextInt(3) == 0) {
            manyAtOnce(connection, first, 50 + random.nextInt(250));
        }
        pause(random.nextInt(60));
        statement.execute(
                "update assets set rating = (rating + 1) %% 6 where asset_id = '%s'"
                        .formatted(first));
        statement.execute(
                "delete from assets where asset_id in (select asset_id from assets limit 2"
                        + " for update skip locked)");
        if (random.nextInt(10) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            commits.incrementAndGet();
        }
        pause(50);
    }

    /// COPY, whose rows share log positions by the page, and a batch of multi-row inserts.
    private static void manyAtOnce(Connection connection, UUID asset, int rows)
            throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(Library.COPY_REPOSITORIES, new StringReader(Library.repositoryLines(rows)));
        try (PreparedStatement file = connection.prepareStatement(Library.FILE)) {
            for (int version = 1; version <= rows / 4; version++) {
                file.setObject(1, asset);
                file.setInt(2, version);
                file.addBatch();
            }
            file.executeBatch();
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    /// Writes nothing any more, once it returns.
    void stop() {
        stopped = true;
        try {
            for (Thread writer : writers) {
                writer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
