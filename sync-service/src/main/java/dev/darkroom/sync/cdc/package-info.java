/// Change data capture: PostgreSQL's log => row changes and the outbox's events on Kafka.
///
/// With its rooms `log` and `row` the only package that reads PostgreSQL's replication protocol.
@NullMarked
package dev.darkroom.sync.cdc;

import org.jspecify.annotations.NullMarked;
