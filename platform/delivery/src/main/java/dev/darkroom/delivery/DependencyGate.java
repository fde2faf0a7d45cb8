package dev.darkroom.delivery;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Knows a dependency that is down from a message that is bad, and keeps work away from it until it
/// answers again.
///
/// A circuit breaker: after a few failures no batch is even tried; one is let through now and then
/// to see.
final class DependencyGate {
    /// Connection lost, shutting down, out of connections, disk full, deadlock, serialization
    /// failure.
    private static final Set<String> SQL_STATES =
            Set.of("57P01", "57P02", "57P03", "53300", "53100", "40001", "40P01", "25006");

    private final CircuitBreaker breaker;

    DependencyGate(String consumer, DeliveryProperties properties) {
        this.breaker =
                CircuitBreaker.of(
                        consumer,
                        CircuitBreakerConfig.custom()
                                .slidingWindow(
                                        4, 2, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .waitDurationInOpenState(properties.pause())
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .recordException(DependencyDown.class::isInstance)
                                .build());
    }

    /// Runs a batch, unless the dependency is known to be down.
    ///
    /// @throws DependencyDown when it is down, before or after trying
    void pass(Runnable batch) {
        try {
            breaker.executeRunnable(
                    () -> {
                        try {
                            batch.run();
                        } catch (RuntimeException e) {
                            throwWhenDown(e);
                            throw e;
                        }
                    });
        } catch (CallNotPermittedException e) {
            throw new DependencyDown("waiting for it to come back", e);
        }
    }

    void throwWhenDown(Throwable failure) {
        DependencyDown down = whenDown(failure);
        if (down != null) {
            throw down;
        }
    }

    /// The failure as a dependency's, or null when it is the message's own.
    @Nullable DependencyDown whenDown(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case DependencyDown down -> {
                    return down;
                }
                case DataAccessResourceFailureException e -> {
                    return new DependencyDown("the database does not answer", e);
                }
                case TransientDataAccessException e -> {
                    return new DependencyDown("the database refused for now", e);
                }
                case CannotCreateTransactionException e -> {
                    return new DependencyDown("the database does not answer", e);
                }
                case TransactionSystemException e -> {
                    return new DependencyDown("the database did not answer to the commit", e);
                }
                case SQLException e when isOutage(e.getSQLState()) -> {
                    return new DependencyDown("the database does not answer", e);
                }
                default -> {}
            }
        }
        return null;
    }

    private static boolean isOutage(@Nullable String state) {
        return state != null && (state.startsWith("08") || SQL_STATES.contains(state));
    }
}
