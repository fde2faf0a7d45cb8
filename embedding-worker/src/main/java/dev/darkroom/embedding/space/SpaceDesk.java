package dev.darkroom.embedding.space;

import dev.darkroom.embedding.space.Space.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operator does with spaces. A space is named by its id, its model's id, or its model's
/// name where only one space has it.
class SpaceDesk {
    private static final Set<String> KINDS = Set.of("hnsw", "ivfflat", "exact");

    private final Spaces spaces;

    SpaceDesk(Spaces spaces) {
        this.spaces = spaces;
    }

    List<Space> list() {
        return spaces.all().stream().map(spaces::counted).toList();
    }

    Space get(String name) {
        return spaces.counted(named(name));
    }

    /// Searches a space from now on, however full it is.
    Space activate(String name) {
        Space space = named(name);
        if (space.state() == State.RETIRED && space.spec().role().equals(Spaces.FACES)) {
            throw facesWereReplaced(space);
        }
        if (space.state() != State.ACTIVE) {
            spaces.activate(space);
        }
        return get(space.id().toString());
    }

    /// Goes back to the space that was searched before.
    Space rollback(String role) {
        Space before =
                spaces.all().stream()
                        .filter(
                                space ->
                                        space.spec().role().equals(role)
                                                && space.state() == State.RETIRED
                                                && space.activatedAt() != null)
                        .max(Comparator.comparing(SpaceDesk::retiredAt))
                        .orElseThrow(
                                () ->
                                        SpaceRefused.conflict(
                                                "no space of the role %s was searched before"
                                                        .formatted(role)));
        return activate(before.id().toString());
    }

    Space index(String name, String kind, @Nullable Integer lists) {
        if (!KINDS.contains(kind)) {
            throw SpaceRefused.conflict("an index is hnsw, ivfflat or exact, not " + kind);
        }
        if (kind.equals("ivfflat") != (lists != null) || (lists != null && lists < 1)) {
            throw SpaceRefused.conflict(
                    "ivfflat, and nothing else, is told how many lists to make, such as 100");
        }
        Space space = named(name);
        spaces.index(space, kind, lists);
        return get(space.id().toString());
    }

    /// Removes a space that is not searched.
    Space drop(String name) {
        Space space = get(name);
        if (space.state() == State.ACTIVE) {
            throw SpaceRefused.conflict(
                    space.spec().modelId()
                            + " is being searched; activate another space of the role "
                            + space.spec().role()
                            + " first");
        }
        spaces.drop(space);
        return space;
    }

    /// One face has one vector, so there is nothing to go back to.
    private static SpaceRefused facesWereReplaced(Space space) {
        return SpaceRefused.conflict(
                "the faces that %s found were replaced: to go back, configure it and start embedding-worker, then reprocess --task faces"
                        .formatted(space.spec().modelId()));
    }

    private static Instant retiredAt(Space space) {
        return space.retiredAt() == null ? Instant.EPOCH : space.retiredAt();
    }

    private Space named(String name) {
        List<Space> all = spaces.all();
        List<Space> found =
                all.stream()
                        .filter(
                                space ->
                                        space.id().toString().equals(name)
                                                || space.spec().modelId().equals(name)
                                                || space.spec().modelId().startsWith(name + "@"))
                        .toList();
        if (found.isEmpty()) {
            throw SpaceRefused.unknown(
                    "no space is called %s; there are %s".formatted(name, names(all)));
        }
        if (found.size() > 1) {
            throw SpaceRefused.conflict(
                    "%s may be each of %s; name one of them".formatted(name, names(found)));
        }
        return found.getFirst();
    }

    private static String names(List<Space> spaces) {
        return String.join(", ", spaces.stream().map(space -> space.spec().modelId()).toList());
    }
}
