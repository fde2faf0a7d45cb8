package dev.darkroom.sync.cdc.repair;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Table;
import dev.darkroom.sync.cdc.repair.Difference.Kind;
import dev.darkroom.sync.cdc.repair.Reemission.KnownRow;
import dev.darkroom.sync.cdc.repair.TopicHistory.Last;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Compares one table with its topic.
///
/// First a fast look at all rows, by digests, while everything goes on: it suspects too many. Then,
/// when the stream has come past that moment, a second look at the suspects, which leaves those
/// that did not change meanwhile. Those are read from the topic as a whole, and only what differs
/// then, without a change on its way, is a difference.
final class Comparison {
    private static final int BATCH = 500;

    private final KafkaProperties kafka;
    private final TableReader reader;
    private final TopicFollower follower;
    private final PublishedRows stream;
    private final Throttle throttle;
    private final int chunkRows;
    private final LongConsumer compared;
    private final JsonDigest digests = new JsonDigest();

    /// @param compared hears how many rows were looked at
    Comparison(
            KafkaProperties kafka,
            TableReader reader,
            TopicFollower follower,
            PublishedRows stream,
            Throttle throttle,
            int chunkRows,
            LongConsumer compared) {
        this.kafka = kafka;
        this.reader = reader;
        this.follower = follower;
        this.stream = stream;
        this.throttle = throttle;
        this.chunkRows = chunkRows;
        this.compared = compared;
    }

    /// The first look.
    Suspects suspects(Table table, TableShape shape) throws SQLException, InterruptedException {
        TopicDigest topic = follower.topic(table);
        KeyDigests keys = topic.keys();
        Suspects suspects = new Suspects();
        keys.leave();
        long begun = reader.position();
        TableRow last = null;
        List<TableRow> rows;
        do {
            long before = reader.position();
            rows = reader.next(shape, last, chunkRows);
            for (TableRow row : rows) {
                look(topic, row, before, suspects);
                last = row;
            }
            compared.accept(rows.size());
            throttle.rest();
            stream.follow();
        } while (rows.size() == chunkRows);
        keys.unvisited(begun, suspects::addSurplus);
        keys.forgetGone(begun);
        return suspects;
    }

    /// A row that changed since the look began is on its way: the next round sees it.
    private void look(TopicDigest topic, TableRow row, long before, Suspects suspects) {
        long key = digests.ofKey(row.key());
        int place = topic.keys().find(key);
        if (place == KeyDigests.ABSENT) {
            suspects.addUnknown(RowKey.of(row.key(), digests));
            return;
        }
        topic.keys().visit(place);
        if (!topic.agrees(place, key, digests.ofRow(row.value()).row())
                && topic.keys().lsn(place) < before) {
            suspects.addKnown(RowKey.of(row.key(), digests));
        }
    }

    /// The second and the third look.
    List<Difference> differences(Table table, TableShape shape, Suspects suspects)
            throws SQLException, InterruptedException {
        if (suspects.isEmpty()) {
            return List.of();
        }
        stream.settle();
        TopicDigest topic = follower.topic(table);
        List<RowKey> unknown = stillDiffering(topic, shape, suspects.unknown().values());
        List<RowKey> known = stillDiffering(topic, shape, suspects.known().values());
        Set<Long> close = new HashSet<>();
        known.forEach(key -> close.add(key.digest()));
        suspects.surplus().stream().filter(key -> isThere(topic, key)).forEach(close::add);
        List<Difference> differences = new ArrayList<>();
        if (!unknown.isEmpty()) {
            stream.settle();
            stillDiffering(topic, shape, unknown).stream()
                    .filter(key -> !isThere(topic, key.digest()))
                    .map(key -> new Difference(Kind.MISSING, new KnownRow(key, null)))
                    .forEach(differences::add);
        }
        differences.addAll(closeLook(table, shape, topic, close, known));
        return differences;
    }

    /// Those of these keys that differ at two looks, each behind everything that was written
    /// before.
    List<RowKey> differing(Table table, TableShape shape, List<RowKey> keys)
            throws SQLException, InterruptedException {
        List<RowKey> left = keys;
        for (int look = 0; look < 2 && !left.isEmpty(); look++) {
            stream.settle();
            left = stillDiffering(follower.topic(table), shape, left);
        }
        return left;
    }

    /// Those of these keys of which table and topic say different things, though the topic heard of
    /// no change since they were read.
    private List<RowKey> stillDiffering(
            TopicDigest topic, TableShape shape, Collection<RowKey> keys)
            throws SQLException, InterruptedException {
        List<RowKey> differing = new ArrayList<>();
        List<RowKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<RowKey> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            long before = reader.position();
            Map<Long, TableRow> rows = byKey(reader.some(shape, batch));
            for (RowKey key : batch) {
                int place = topic.keys().find(key.digest());
                boolean changing = place != KeyDigests.ABSENT && topic.keys().lsn(place) >= before;
                if (!changing && !agrees(topic, place, key, rows.get(key.digest()))) {
                    differing.add(key);
                }
            }
            throttle.rest();
        }
        return differing;
    }

    private boolean agrees(TopicDigest topic, int place, RowKey key, @Nullable TableRow row) {
        boolean absent = place == KeyDigests.ABSENT || topic.keys().isGone(place);
        return row == null
                ? absent
                : !absent && topic.agrees(place, key.digest(), digests.ofRow(row.value()).row());
    }

    private static boolean isThere(TopicDigest topic, long key) {
        int place = topic.keys().find(key);
        return place != KeyDigests.ABSENT && !topic.keys().isGone(place);
    }

    private List<Difference> closeLook(
            Table table, TableShape shape, TopicDigest topic, Set<Long> close, List<RowKey> inTable)
            throws SQLException, InterruptedException {
        if (close.isEmpty()) {
            return List.of();
        }
        stream.settle();
        TopicHistory history = TopicHistory.read(kafka, table, close);
        Map<Long, RowKey> keys = new HashMap<>();
        inTable.forEach(key -> keys.put(key.digest(), key));
        for (long key : close) {
            Last last = history.last(key);
            if (last != null) {
                keys.putIfAbsent(key, last.key());
            }
        }
        Map<Long, TableRow> rows = new HashMap<>();
        List<RowKey> all = List.copyOf(keys.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            rows.putAll(
                    byKey(
                            reader.some(
                                    shape, all.subList(from, Math.min(from + BATCH, all.size())))));
        }
        stream.settle();
        List<Difference> differences = new ArrayList<>();
        for (RowKey key : all) {
            Last last = history.last(key.digest());
            Difference difference = difference(topic, shape, key, last, rows.get(key.digest()));
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private @Nullable Difference difference(
            TopicDigest topic,
            TableShape shape,
            RowKey key,
            @Nullable Last last,
            @Nullable TableRow row) {
        int place = topic.keys().find(key.digest());
        if (last != null && place != KeyDigests.ABSENT && topic.keys().lsn(place) > last.lsn()) {
            return null;
        }
        ObjectNode there = last == null ? null : last.row();
        if (last == null || there == null) {
            if (row != null) {
                return new Difference(Kind.MISSING, new KnownRow(key, null));
            }
            if (place != KeyDigests.ABSENT) {
                topic.keys().markGone(place);
            }
            return null;
        }
        KnownRow known = new KnownRow(key, RowKey.row(shape, there));
        if (row == null) {
            return new Difference(Kind.SURPLUS, known);
        }
        if (last.digest() != digests.ofRow(row.value()).row()) {
            return new Difference(Kind.OUTDATED, known);
        }
        topic.correct(key.digest(), last.lsn(), last.digest());
        return null;
    }

    private Map<Long, TableRow> byKey(List<TableRow> rows) {
        Map<Long, TableRow> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(digests.ofKey(row.key()), row));
        return byKey;
    }
}
