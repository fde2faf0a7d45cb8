package dev.darkroom.command.watch;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.SeenChanges;
import dev.darkroom.streams.TopicReader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Reads topics and writes what is wanted of them as lines, each change once.
///
/// For one thread, but for [#stop()].
public final class Tail implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int FETCH = 16 << 20;

    private final TopicReader reader;
    private final SeenChanges seen = new SeenChanges();
    private volatile boolean stopped;
    private long written;

    public Tail(String bootstrapServers) {
        reader = new TopicReader(bootstrapServers, "darkroom-tail", FETCH);
    }

    /// Writes until the limit, the end or [#stop()].
    ///
    /// @throws IOException when nobody reads the lines any longer
    public void run(TailRequest request, TailLines lines, OutputStream out) throws IOException {
        reader.assign(topics(request.topics()));
        reader.seek(request.start());
        if (request.exitAtEnd()) {
            reader.endHere();
        }
        long limit = request.limit().orElse(Long.MAX_VALUE);
        while (!stopped && written < limit && !(request.exitAtEnd() && reader.isAtEnd())) {
            write(wanted(reader.poll(LOOK), request.filter(), lines), lines, limit, out);
            // Everything that came is out before the next wait.
            out.flush();
        }
    }

    /// A record and the change that it is, if it is one.
    private record Line(ConsumerRecord<byte[], byte[]> record, @Nullable ChangeRecord change) {}

    private List<Line> wanted(
            List<ConsumerRecord<byte[], byte[]>> records, ChangeFilter filter, TailLines lines) {
        List<Line> wanted = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OptionalLong lsn = ChangeRecord.lsnOf(record);
            if (showsAll(filter, lines) && isChange(record) && lsn.isPresent()) {
                // Its value is shown as it is: nobody has to understand it.
                if (seen.isNew(record, lsn.getAsLong())) {
                    wanted.add(new Line(record, null));
                }
                continue;
            }
            ChangeRecord change = change(record, filter, lines);
            if (change == null || (seen.isNew(record, change.lsn()) && filter.matches(change))) {
                wanted.add(new Line(record, change));
            }
        }
        return wanted;
    }

    private static boolean showsAll(ChangeFilter filter, TailLines lines) {
        return filter.passesAll() && lines instanceof TailLines.Whole;
    }

    private static boolean isChange(ConsumerRecord<byte[], byte[]> record) {
        return ChangeRecord.isChangeTopic(record.topic());
    }

    private static @Nullable ChangeRecord change(
            ConsumerRecord<byte[], byte[]> record, ChangeFilter filter, TailLines lines) {
        if (!isChange(record)) {
            return null;
        }
        try {
            return ChangeRecord.of(record);
        } catch (ChangeRecord.NotAChange e) {
            if (showsAll(filter, lines)) {
                return null;
            }
            throw new CommandFailed(
                    ExitCode.FAILED,
                    e.getMessage()
                            + "\nto see it as it is, leave out --op, --where, --flat and --format",
                    e);
        }
    }

    private void write(List<Line> wanted, TailLines lines, long limit, OutputStream out)
            throws IOException {
        List<Line> now = wanted.subList(0, (int) Math.min(wanted.size(), limit - written));
        List<ChangeRecord> changes = new ArrayList<>();
        for (Line line : now) {
            if (line.change != null) {
                changes.add(line.change);
            }
        }
        out.write(lines.before(changes));
        for (Line line : now) {
            out.write(lines.line(line.record, line.change));
            written++;
        }
    }

    private List<String> topics(List<String> named) {
        Set<String> there;
        try {
            there = reader.topics();
        } catch (KafkaException e) {
            throw CommandFailed.notRunning("Kafka does not answer", e);
        }
        for (String name : named) {
            if (!there.contains(name)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "there is no topic " + name + "\nthere are: " + String.join(" ", there));
            }
        }
        List<String> topics =
                named.isEmpty()
                        ? there.stream().filter(ChangeRecord::isChangeTopic).toList()
                        : named;
        if (topics.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "there are no cdc.* topics yet");
        }
        return topics;
    }

    /// How many lines were written.
    public long written() {
        return written;
    }

    /// How many changes were left out because they had come before.
    public long duplicates() {
        return seen.duplicates();
    }

    /// Lets [#run] return soon. From any thread.
    public void stop() {
        stopped = true;
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }
}
