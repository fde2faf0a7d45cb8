package dev.darkroom.embedded;

import java.nio.file.Path;

/// The two engines a pipeline runs on, Kafka and PostgreSQL, both answering.
///
/// Closing stops what this object started, cleanly, and nothing else. Everything the engines
/// acknowledged is in the data folder and is there again at the next start, also after `kill -9`.
public interface Backends extends AutoCloseable {

    /// Starts both engines on one folder and returns when both answer.
    ///
    /// @param dataFolder holds everything that lasts; created when it is not there
    /// @throws DataFolderInUse when another process, or this one, runs on that folder already
    /// @throws BackendsUnavailable when an engine cannot be had or does not start; the message says
    ///   what was tried and what to do
    static Backends start(Path dataFolder, BackendOptions options) {
        return LocalBackends.start(dataFolder, options);
    }

    /// Starts PostgreSQL alone, for what needs no Kafka.
    ///
    /// @param dataFolder as for both: they may be started on it later
    /// @throws DataFolderInUse when another process, or this one, runs on that folder already
    /// @throws BackendsUnavailable when it cannot be had or does not start
    static Backends startPostgres(Path dataFolder, BackendOptions options) {
        return LocalBackends.startPostgres(dataFolder, options);
    }

    /// The address Kafka clients start from, as `host:port`.
    ///
    /// @throws IllegalStateException when PostgreSQL was started alone
    String bootstrapServers();

    /// Where PostgreSQL answers, and its administrator.
    PostgresAddress postgres();

    /// What is running and where it came from, in one line for people.
    String description();

    /// Stops what was started. Idempotent.
    @Override
    void close();
}
