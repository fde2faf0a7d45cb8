package dev.darkroom.sync.cdc;

import dev.darkroom.sync.cdc.log.LogMessage;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Hears the messages that Darkroom writes into PostgreSQL's log itself, those with the prefix
/// `darkroom.`, at their place among the changes.
@FunctionalInterface
public interface LogMessageHandler {
    /// Called by the thread that reads the log, which waits. A message comes again when the stream
    /// starts again before its records were acknowledged.
    ///
    /// @return the records to publish behind all that the log told before
    List<ProducerRecord<byte[], byte[]>> on(LogMessage message);
}
