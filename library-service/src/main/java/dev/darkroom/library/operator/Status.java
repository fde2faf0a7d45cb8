package dev.darkroom.library.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the library stands, in numbers.
public record Status(
        List<OfType> assets, List<OfTask> tasks, List<OfSize> thumbnails, Outbox outbox) {
    public Status {
        assets = List.copyOf(assets);
        tasks = List.copyOf(tasks);
        thumbnails = List.copyOf(thumbnails);
    }

    /// The assets of one kind.
    ///
    /// @param total without those in the trash
    /// @param ready how many of them have all required tasks done
    /// @param deleted how many are in the trash
    /// @param bytes their originals, without the trash
    public record OfType(String type, long total, long ready, long deleted, long bytes) {}

    /// The rows of one task that stand the same.
    public record OfTask(String task, String status, long total) {}

    /// The thumbnails of one size.
    public record OfSize(String size, long total, long bytes) {}

    /// The events that were written and are not pruned yet; published ones are among them.
    ///
    /// @param oldestSeconds age of the oldest, absent when there is none
    /// @param newestSeconds age of the newest, absent when there is none
    @JsonInclude(Include.NON_NULL)
    public record Outbox(long rows, @Nullable Long oldestSeconds, @Nullable Long newestSeconds) {}
}
