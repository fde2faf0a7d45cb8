package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A plan and its id, worked out once and again only when a file has changed: hashing a model takes
/// longer than using it.
public final class Understood {
    private final Supplier<Plan> reading;
    private @Nullable Known known;

    public Understood(Supplier<Plan> reading) {
        this.reading = reading;
    }

    /// A plan with its id.
    ///
    /// @param files size and time of each file, as they were then
    public record Known(Plan plan, String id, List<String> files) {}

    public synchronized Known get() {
        Known before = known;
        if (before != null && before.files().equals(stamps(before.plan()))) {
            return before;
        }
        Plan plan = reading.get();
        Known now = new Known(plan, ModelIds.of(plan), stamps(plan));
        known = now;
        return now;
    }

    private static List<String> stamps(Plan plan) {
        List<String> stamps = new ArrayList<>();
        for (Path file : plan.files()) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(file + " " + now.size() + " " + now.lastModifiedTime());
            } catch (IOException e) {
                throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return stamps;
    }
}
