/// At-least-once in, exactly one effect out: events on Kafka, listeners, the ledger, retries, dead
/// letters, the outbox.
@NullMarked
package dev.darkroom.delivery;

import org.jspecify.annotations.NullMarked;
