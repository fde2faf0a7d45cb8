package dev.darkroom.sync.cdc;

import dev.darkroom.streams.Place;
import java.util.ArrayDeque;
import java.util.Queue;

/// What has been handed to Kafka and is not acknowledged yet, transaction by transaction.
///
/// One thread reads the log and adds, Kafka's thread acknowledges. The position moves behind a
/// transaction when it and all before it are told to the end and acknowledged; a record that failed
/// is never acknowledged, so the position stays before it.
///
/// A long transaction is several groups of records here; only its last one moves the position.
final class InFlight {
    private final long maxBytes;
    private final Queue<Transaction> transactions = new ArrayDeque<>();
    private long bytes;
    private volatile long position;
    private volatile Place settled = Place.NOWHERE;

    /// @param maxBytes of all records together; one alone may be larger
    InFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Some records that are published whole or come again whole.
    static final class Transaction {
        private final Place begin;
        private int records;
        private boolean told;
        private long end;

        private Transaction(Place begin) {
            this.begin = begin;
        }
    }

    /// @param begin where its first change stands, or before that
    synchronized Transaction begin(Place begin) {
        Transaction transaction = new Transaction(begin);
        if (transactions.isEmpty()) {
            settled = begin;
        }
        transactions.add(transaction);
        return transaction;
    }

    /// Waits until there is room, at most this long.
    ///
    /// @return false when there is none, and the record was not added
    synchronized boolean add(Transaction transaction, int size, long millis)
            throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (bytes > 0 && bytes + size > maxBytes) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        bytes += size;
        transaction.records++;
        return true;
    }

    synchronized void acknowledged(Transaction transaction, int size) {
        boolean wasFull = bytes > maxBytes / 2;
        bytes -= size;
        transaction.records--;
        advance();
        if ((wasFull && bytes <= maxBytes / 2) || bytes == 0) {
            notifyAll();
        }
    }

    /// The transaction is told to its end.
    ///
    /// @param end the position behind it, 0 for what has none
    synchronized void told(Transaction transaction, long end) {
        transaction.told = true;
        transaction.end = end;
        advance();
    }

    private void advance() {
        Transaction first = transactions.peek();
        while (first != null && first.told && first.records == 0) {
            transactions.remove();
            position = Math.max(position, first.end);
            first = transactions.peek();
            if (first != null) {
                settled = first.begin;
            }
        }
    }

    /// Everything before this place is acknowledged.
    Place settled() {
        return settled;
    }

    /// The position up to which all is acknowledged, 0 before the first.
    long position() {
        return position;
    }

    /// Waits until nothing is in flight.
    ///
    /// @return false when something still is after this time
    synchronized boolean awaitNone(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (bytes > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
