package dev.darkroom.library.sorting;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.library.people.FaceTurns;
import dev.darkroom.library.sorting.DueFaces.Due;
import dev.darkroom.library.sorting.WhoIsWho.Decision;
import dev.darkroom.library.sorting.WhoIsWho.Neighbour;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/// Sorts the faces that wait into people, a few in each transaction.
///
/// A face that is new, or has become somebody's, may change what its neighbours are: those that are
/// nobody's wait to be compared again. Each face is new once and becomes somebody's once, so this
/// comes to an end; where it was killed, it goes on.
class SortFaces {
    private final DueFaces faces;
    private final FaceTurns turns;
    private final TransactionOperations transaction;
    private final SortingProperties properties;

    SortFaces(
            DueFaces faces,
            FaceTurns turns,
            TransactionOperations transaction,
            SortingProperties properties) {
        this.faces = faces;
        this.turns = turns;
        this.transaction = transaction;
        this.properties = properties;
    }

    /// Sorts until none waits, or somebody else does it.
    ///
    /// @return how many were compared
    int run() {
        int all = 0;
        int some;
        do {
            some = Objects.requireNonNull(transaction.execute(_ -> some()));
            all += some;
        } while (some > 0);
        return all;
    }

    private int some() {
        if (faces.due(1).isEmpty() || !faces.alone()) {
            return 0;
        }
        turns.take();
        faces.settings(properties.neighbours());
        List<UUID> due = faces.due(properties.batchSize());
        // One may have become somebody's by one before it.
        due.forEach(face -> faces.find(face).ifPresent(this::compare));
        return due.size();
    }

    private void compare(Due face) {
        List<Neighbour> close =
                WhoIsWho.close(
                        face.face(), faces.near(face, properties.neighbours()), properties.rules());
        if (face.person() != null) {
            faces.wake(nobodys(close));
            faces.done(face.face());
        } else if (face.confirmed()) {
            faces.done(face.face());
        } else {
            settle(face, close);
        }
    }

    private void settle(Due face, List<Neighbour> close) {
        switch (WhoIsWho.decide(face.face(), close, properties.rules())) {
            case Decision.Joins(UUID person) -> {
                faces.join(List.of(face.face()), person, face.face());
                faces.wake(nobodys(close));
            }
            case Decision.Founds(List<UUID> all) -> {
                UUID person = EventCodec.newId();
                faces.found(person, face.owner(), all);
                faces.join(all, person, face.face());
            }
            case Decision.Waits() -> {
                if (face.isNew()) {
                    faces.wake(nobodys(close));
                }
                faces.done(face.face());
            }
        }
    }

    private static List<UUID> nobodys(List<Neighbour> close) {
        return close.stream().filter(one -> one.person() == null).map(Neighbour::face).toList();
    }
}
