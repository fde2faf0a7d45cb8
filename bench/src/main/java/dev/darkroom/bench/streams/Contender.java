package dev.darkroom.bench.streams;

import java.sql.SQLException;

/// Something that brings PostgreSQL's log to Kafka.
interface Contender {
    /// Starts at its slot's position, in the background.
    void start() throws SQLException;

    /// How many rows Kafka has acknowledged since this object was made.
    long rows();

    void stop() throws Exception;
}
