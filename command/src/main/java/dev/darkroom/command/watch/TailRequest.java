package dev.darkroom.command.watch;

import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.StartAt;
import java.util.List;
import java.util.OptionalLong;

/// What somebody wants to see of which topics.
///
/// @param topics these, each of which has to be there; all `cdc.*` when there is none
/// @param filter which changes; events on other topics always pass
/// @param start where in each partition
/// @param limit how many lines at the most
/// @param exitAtEnd whether to end where the topics end now
public record TailRequest(
        List<String> topics,
        ChangeFilter filter,
        StartAt start,
        OptionalLong limit,
        boolean exitAtEnd) {
    public TailRequest {
        topics = List.copyOf(topics);
    }
}
