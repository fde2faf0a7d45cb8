package dev.darkroom.delivery;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads what a record carries.
///
/// @param <M> the message
@FunctionalInterface
public interface Decoder<M> {
    /// The message in a record.
    ///
    /// @throws GiveUp when the record can never be read; its reason goes to the dead letter
    M decode(ConsumerRecord<byte[], byte[]> record) throws GiveUp;
}
