package dev.darkroom.sync.streams;

import dev.darkroom.streams.ChangeFeed;
import dev.darkroom.streams.ChangeFeed.Event;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who listens now. Each has a feed of its own, so one that reads slowly holds up nobody and costs
/// no memory but what is fetched at once.
final class Subscriptions {
    private static final int FETCH = 4 << 20;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final StreamsProperties settings;
    private final Set<ChangeFeed> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Subscriptions(String bootstrapServers, StreamsProperties settings) {
        this.bootstrapServers = bootstrapServers;
        this.settings = settings;
    }

    /// Opens a feed.
    ///
    /// @throws TooMany when there is no room for another, or when the service is about to stop
    /// @throws ChangeFeed.NoSuchTable when one of the tables has no topic
    /// @throws TopicReader.PositionGone when the place to go on from is not there
    ChangeFeed open(Subscription subscription) {
        TopicReader reader = new TopicReader(bootstrapServers, "sync-sse", FETCH);
        try {
            ChangeFeed feed =
                    subscription.resume().isPresent()
                            ? ChangeFeed.resume(
                                    reader,
                                    subscription.tables(),
                                    subscription.filter(),
                                    subscription.resume().get())
                            : ChangeFeed.open(
                                    reader,
                                    subscription.tables(),
                                    subscription.filter(),
                                    subscription.start());
            admit(feed);
            return feed;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private synchronized void admit(ChangeFeed feed) {
        requireRoom();
        open.add(feed);
    }

    /// Cheaper to ask before a feed is opened.
    ///
    /// @throws TooMany when there is none
    void requireRoom() {
        if (stopped) {
            throw new TooMany("the service is stopping");
        }
        if (open.size() >= settings.maxConnections()) {
            throw new TooMany(
                    "%d clients listen already; darkroom.sync.streams.max-connections allows no more"
                            .formatted(open.size()));
        }
    }

    /// Writes what comes until the client goes or the service stops.
    ///
    /// @throws IOException when the client has gone
    void serve(ChangeFeed feed, Subscription subscription, EventWriter out) throws IOException {
        try {
            out.retry(settings.retry());
            out.position(feed.position());
            out.flush();
            long quietSince = System.nanoTime();
            while (!stopped) {
                List<Event> events = feed.poll(LOOK);
                for (Event event : events) {
                    ChangeRecord change = event.change();
                    out.event(
                            event.after(),
                            change.op().letter(),
                            subscription.format().text(change));
                }
                if (!events.isEmpty()) {
                    quietSince = System.nanoTime();
                } else if (System.nanoTime() - quietSince >= settings.keepalive().toNanos()) {
                    // What the filter let go by need not be read again.
                    out.comment(" keepalive");
                    out.position(feed.position());
                    quietSince = System.nanoTime();
                } else {
                    out.comment("");
                }
                out.flush();
            }
        } finally {
            close(feed);
        }
    }

    /// Forgets a feed, which may have been served or not.
    void close(ChangeFeed feed) {
        if (open.remove(feed)) {
            feed.close();
        }
    }

    /// How many listen now.
    int count() {
        return open.size();
    }

    /// Ends every stream; its clients go on elsewhere or later from where they are.
    void stop() {
        stopped = true;
        open.forEach(ChangeFeed::wakeup);
    }

    /// There is no room for another client.
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany(String message) {
            super(message);
        }
    }
}
