package dev.darkroom.delivery;

import dev.darkroom.schema.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionOperations;

/// Takes one batch of records from Kafka to its effect, and only then acknowledges it.
///
/// ```
/// decode ─▶ skip what the ledger has completed ─▶ perform, in parallel ─▶ record + ledger, one transaction
///    │                                               │                        ─▶ retries and dead letters ─▶ acknowledge
///    └─ unreadable: dead letter                      └─ GiveUp: dead letter; Skip: ledger; else: retry topic with backoff
/// ```
///
/// A crash at any point repeats the batch, which leaves the same rows. One record that fails holds
/// up none of its neighbours. When a dependency is down nothing is acknowledged and no attempt is
/// counted: the listener pauses.
final class BatchDelivery<M, R> implements BatchAcknowledgingMessageListener<byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(BatchDelivery.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final Subscription<M, R> subscription;
    private final Lane lane;
    private final DeliveryProperties properties;
    private final LaneExecutor executor;
    private final TransactionOperations transaction;
    private final EventPublisher publisher;
    private final DependencyGate gate;
    private boolean said;
    private long saidAt;

    BatchDelivery(
            Subscription<M, R> subscription,
            Lane lane,
            DeliveryProperties properties,
            LaneExecutor executor,
            TransactionOperations transaction,
            EventPublisher publisher,
            DependencyGate gate) {
        this.subscription = subscription;
        this.lane = lane;
        this.properties = properties;
        this.executor = executor;
        this.transaction = transaction;
        this.publisher = publisher;
        this.gate = gate;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records, @Nullable Acknowledgment acknowledgment) {
        if (acknowledgment == null) {
            throw new IllegalStateException("the container must acknowledge by hand");
        }
        List<Attempt> attempts = records.stream().map(Attempt::of).toList();
        int due = countDue(attempts);
        try {
            if (due > 0) {
                gate.pass(() -> deliver(attempts.subList(0, due)));
            }
        } catch (DependencyDown e) {
            sayThatItWaits(e);
            acknowledgment.nack(0, properties.pause());
            return;
        }
        if (due < attempts.size()) {
            Duration wait = attempts.get(due).untilDue(Instant.now());
            acknowledgment.nack(due, shorter(atLeastOneMilli(wait), properties.maxDelay()));
        } else {
            acknowledgment.acknowledge();
        }
    }

    /// A dependency may be away for days; once a minute is enough to know.
    private void sayThatItWaits(DependencyDown cause) {
        long now = System.nanoTime();
        boolean again = said && now - saidAt < SAY_AGAIN.toNanos();
        if (!again) {
            said = true;
            saidAt = now;
        }
        log.atLevel(again ? Level.DEBUG : Level.WARN)
                .addKeyValue("consumer", subscription.consumer())
                .addKeyValue("lane", lane)
                .addKeyValue("cause", Attempt.reason(cause))
                .log("A dependency is down; waiting for it");
    }

    /// Records on a retry topic wait for their time; those behind one that is not due wait with it.
    private static int countDue(List<Attempt> attempts) {
        Instant now = Instant.now();
        int due = 0;
        while (due < attempts.size() && !attempts.get(due).untilDue(now).isPositive()) {
            due++;
        }
        return due;
    }

    private void deliver(List<Attempt> attempts) {
        Outcome<M> outcome = new Outcome<>();
        Map<M, Attempt> messages = decode(attempts, outcome);
        Set<M> pending =
                subscription
                        .ledger()
                        .map(ledger -> ledger.pending(List.copyOf(messages.keySet())))
                        .orElse(messages.keySet());
        messages.keySet().retainAll(pending);
        if (!messages.isEmpty()) {
            List<M> todo = List.copyOf(messages.keySet());
            subscription.ledger().ifPresent(ledger -> ledger.begin(todo));
            List<Done<M, R>> done = perform(messages, outcome);
            record(done, messages, outcome);
        }
        settle(outcome);
    }

    private Map<M, Attempt> decode(List<Attempt> attempts, Outcome<M> outcome) {
        Map<M, Attempt> messages = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            try {
                messages.putIfAbsent(subscription.decoder().decode(attempt.record()), attempt);
            } catch (GiveUp e) {
                outcome.unreadable(attempt, e);
            }
        }
        return messages;
    }

    private List<Done<M, R>> perform(Map<M, Attempt> messages, Outcome<M> outcome) {
        Map<M, CompletableFuture<Done<M, R>>> running = new LinkedHashMap<>();
        messages.forEach((message, _) -> running.put(message, submit(message)));
        List<Done<M, R>> done = new ArrayList<>();
        @Nullable DependencyDown down = null;
        for (Map.Entry<M, CompletableFuture<Done<M, R>>> entry : running.entrySet()) {
            M message = entry.getKey();
            try {
                done.add(entry.getValue().get());
            } catch (ExecutionException e) {
                @Nullable DependencyDown cause = gate.whenDown(e.getCause());
                down = cause == null ? down : cause;
                if (cause == null) {
                    outcome.failed(message, attemptOf(messages, message), exception(e));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DependencyDown("interrupted", e);
            }
        }
        if (down != null) {
            throw down;
        }
        return done;
    }

    private CompletableFuture<Done<M, R>> submit(M message) {
        return executor.submit(
                lane,
                () -> {
                    long start = System.nanoTime();
                    R result = subscription.work().perform(message);
                    return new Done<>(message, result, Duration.ofNanos(System.nanoTime() - start));
                });
    }

    /// Writes the batch in one transaction. When one of its rows cannot be written, each is tried
    /// by itself, so that only that one fails.
    private void record(List<Done<M, R>> done, Map<M, Attempt> messages, Outcome<M> outcome) {
        if (done.isEmpty()) {
            return;
        }
        try {
            recordTogether(done);
            tidyUp(done);
        } catch (RuntimeException e) {
            gate.throwWhenDown(e);
            if (done.size() == 1) {
                M message = done.getFirst().message();
                outcome.failed(message, attemptOf(messages, message), e);
                return;
            }
            for (Done<M, R> one : done) {
                record(List.of(one), messages, outcome);
            }
        }
    }

    private void recordTogether(List<Done<M, R>> done) {
        transaction.executeWithoutResult(
                _ -> {
                    subscription.work().record(done);
                    subscription
                            .ledger()
                            .ifPresent(ledger -> ledger.complete(new ArrayList<Done<M, ?>>(done)));
                });
    }

    private void tidyUp(List<Done<M, R>> done) {
        try {
            subscription.work().committed(done);
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("consumer", subscription.consumer())
                    .setCause(e)
                    .log("Something was left behind after a batch was committed");
        }
    }

    /// The ledger first, then the topics: a crash in between repeats the record, and nothing says
    /// "retry" or "dead" that is not on its way.
    private void settle(Outcome<M> outcome) {
        if (outcome.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        List<Ledger.Failed<M>> dead = new ArrayList<>();
        List<Ledger.Failed<M>> again = new ArrayList<>();
        List<Ledger.Failed<M>> skipped = new ArrayList<>();
        Optional<Ledger<M>> ledger = subscription.ledger();
        for (Outcome.Failure<M> failure : outcome.failures()) {
            List<Ledger.Failed<M>> those =
                    isSkipped(failure)
                            ? skipped
                            : failure.isLast(properties.attempts()) ? dead : again;
            failure.message().ifPresent(message -> those.add(failed(message, failure)));
        }
        if (ledger.isPresent() && !(dead.isEmpty() && again.isEmpty() && skipped.isEmpty())) {
            transaction.executeWithoutResult(
                    _ -> {
                        ledger.get().die(dead);
                        ledger.get().fail(again);
                        ledger.get().skip(skipped);
                    });
        }
        for (Outcome.Failure<M> failure : outcome.failures()) {
            if (!isSkipped(failure)) {
                sent.add(failure.isLast(properties.attempts()) ? bury(failure) : tryAgain(failure));
            }
        }
        sent.forEach(BatchDelivery::await);
    }

    private boolean isSkipped(Outcome.Failure<M> failure) {
        return failure.cause() instanceof Skip && subscription.ledger().isPresent();
    }

    private CompletableFuture<Void> bury(Outcome.Failure<M> failure) {
        log.atWarn()
                .addKeyValue("consumer", subscription.consumer())
                .addKeyValue("topic", failure.attempt().record().topic())
                .addKeyValue("partition", failure.attempt().record().partition())
                .addKeyValue("offset", failure.attempt().record().offset())
                .addKeyValue("attempt", failure.attempt().number())
                .addKeyValue("reason", Attempt.reason(failure.cause()))
                .log("Gave up on a record; it is a dead letter now");
        return publisher.send(
                failure.attempt()
                        .dead(
                                subscription.deadLetterTopic(),
                                subscription.consumer(),
                                failure.cause()));
    }

    private CompletableFuture<Void> tryAgain(Outcome.Failure<M> failure) {
        Duration delay = properties.delayAfter(failure.attempt().number());
        log.atInfo()
                .addKeyValue("consumer", subscription.consumer())
                .addKeyValue("topic", failure.attempt().record().topic())
                .addKeyValue("attempt", failure.attempt().number())
                .addKeyValue("delay", delay)
                .addKeyValue("reason", Attempt.reason(failure.cause()))
                .log("A record failed; it is tried again later");
        return publisher.send(
                failure.attempt()
                        .again(
                                subscription.retryTopic(),
                                subscription.consumer(),
                                failure.cause(),
                                Instant.now().plus(delay)));
    }

    private static <M> Ledger.Failed<M> failed(M message, Outcome.Failure<M> failure) {
        return new Ledger.Failed<>(message, Attempt.reason(failure.cause()), Duration.ZERO);
    }

    private static void await(CompletableFuture<Void> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new DependencyDown("a retry or a dead letter was not taken by Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DependencyDown("interrupted", e);
        }
    }

    private static <M> Attempt attemptOf(Map<M, Attempt> messages, M message) {
        Attempt attempt = messages.get(message);
        if (attempt == null) {
            throw new IllegalStateException("not a message of this batch: " + message);
        }
        return attempt;
    }

    /// What a handler threw. An Error (out of memory, a stack overflow in a library) costs its own
    /// message only.
    private static Exception exception(ExecutionException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration atLeastOneMilli(Duration duration) {
        return duration.toMillis() < 1 ? Duration.ofMillis(1) : duration;
    }
}
