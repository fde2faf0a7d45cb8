package dev.darkroom.streams;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A place in the order in which PostgreSQL's log is told: by commits, and within a transaction by
/// log sequence numbers.
///
/// The LSN alone is not that order, since transactions interleave in the log and are told one after
/// the other. Many changes may share a place.
///
/// @param commit the log sequence number of the commit
/// @param lsn that of the change
public record Place(long commit, long lsn) implements Comparable<Place> {
    /// Header: where the transaction of this change was committed.
    public static final String COMMIT = "commit";

    /// Header: everything before this place was on Kafka when the record was sent.
    public static final String SETTLED = "settled";

    /// Before everything.
    public static final Place NOWHERE = new Place(0, 0);

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::commit).thenComparingLong(Place::lsn);

    /// The place up to which everything was on Kafka, as a record's header says; nowhere when it
    /// has none.
    static Place settled(Headers headers) {
        String text = text(headers.lastHeader(SETTLED));
        if (text == null) {
            return NOWHERE;
        }
        int slash = text.indexOf('/');
        return new Place(
                Long.parseLong(text.substring(0, slash)),
                Long.parseLong(text.substring(slash + 1)));
    }

    /// A number in a header, or this when the record has none.
    static long number(Headers headers, String name, long without) {
        String text = text(headers.lastHeader(name));
        return text == null ? without : Long.parseLong(text);
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    boolean isBefore(Place other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /// As it stands in the header `settled`.
    @Override
    public String toString() {
        return commit + "/" + lsn;
    }
}
