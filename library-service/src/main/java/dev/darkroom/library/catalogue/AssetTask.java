package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where one task of an asset stands.
///
/// @param task the task's name, such as `thumbnail`
/// @param status pending, queued, processing, completed, failed (will be tried again), cancelled or
///   dead (waits for a person)
/// @param required whether the asset is not ready without it
/// @param durationSeconds how long the last run took
/// @param version the version of the asset it works on
@JsonInclude(Include.NON_NULL)
public record AssetTask(
        String task,
        String status,
        boolean required,
        int attempts,
        int maxAttempts,
        @Nullable String lastError,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable BigDecimal durationSeconds,
        long version) {}
