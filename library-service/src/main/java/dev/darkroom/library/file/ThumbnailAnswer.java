package dev.darkroom.library.file;

import dev.darkroom.schema.TaskStatus;
import dev.darkroom.schema.ThumbnailRequested;

/// What there is to say when somebody asks for a thumbnail.
sealed interface ThumbnailAnswer {
    /// Here it is.
    record Ready(StoredFile file) implements ThumbnailAnswer {}

    /// It is not made yet.
    record Pending(TaskStatus status) implements ThumbnailAnswer {}

    /// Nobody makes it unless it is asked for.
    record OnDemand(ThumbnailRequested request) implements ThumbnailAnswer {}

    /// It will not be made unless a person does something.
    record GivenUp(TaskStatus status, String reason) implements ThumbnailAnswer {}

    /// Nobody was asked to make it.
    record NotPlanned() implements ThumbnailAnswer {}

    /// There is no such asset.
    record NoSuchAsset() implements ThumbnailAnswer {}
}
