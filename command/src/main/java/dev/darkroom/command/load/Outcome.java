package dev.darkroom.command.load;

import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetDeleted;
import dev.darkroom.schema.AssetDuplicate;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetStalled;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.AssetUpdated;
import dev.darkroom.schema.Event;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.StreamEvent;
import dev.darkroom.schema.ThumbnailRequested;
import java.util.Optional;
import java.util.UUID;

/// What became of a submitted file.
sealed interface Outcome {
    /// It is in the library with everything that belongs to it.
    record Added() implements Outcome {}

    /// The library has these bytes.
    record AlreadyThere(UUID assetId) implements Outcome {}

    /// It is in the library, but one task gave up on it.
    record Incomplete(String task, String why) implements Outcome {}

    /// It is not in the library.
    record Refused(String why) implements Outcome {}

    /// The name in `--json`.
    default String wireName() {
        return switch (this) {
            case Added _ -> "added";
            case AlreadyThere _ -> "already-there";
            case Incomplete _ -> "incomplete";
            case Refused _ -> "refused";
        };
    }

    /// Why it is not simply in the library, for a person.
    default Optional<String> reason() {
        return switch (this) {
            case Added _, AlreadyThere _ -> Optional.empty();
            case Incomplete(String task, String why) -> Optional.of(task + ": " + why);
            case Refused(String why) -> Optional.of(why);
        };
    }

    /// The outcome that an event tells, if it tells one.
    static Optional<Outcome> of(Event event) {
        return switch (event) {
            case AssetReady _ -> Optional.of(new Added());
            case AssetDuplicate duplicate -> Optional.of(new AlreadyThere(duplicate.duplicateOf()));
            case AssetStalled stalled ->
                    Optional.of(new Incomplete(stalled.task(), stalled.reason()));
            case AssetSubmitted _,
                    AssetCreated _,
                    AssetUpdated _,
                    AssetDeleted _,
                    ThumbnailRequested _,
                    FileEvent _,
                    StreamEvent _ ->
                    Optional.empty();
        };
    }
}
