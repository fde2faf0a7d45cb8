/// Change data capture: PostgreSQL's log => row changes and the outbox's events on Kafka.
///
/// The only package that knows Debezium.
@NullMarked
package dev.darkroom.sync.cdc;

import org.jspecify.annotations.NullMarked;
