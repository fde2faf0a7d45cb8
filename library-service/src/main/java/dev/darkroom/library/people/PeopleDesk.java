package dev.darkroom.library.people;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.library.people.PeopleRefused.NoSuchFace;
import dev.darkroom.library.people.PeopleRefused.NoSuchPerson;
import dev.darkroom.library.people.PeopleRefused.NotTheirs;
import dev.darkroom.library.people.PeopleRefused.OtherLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is asked about people, and what is said about them. Everything can be said twice.
public class PeopleDesk {
    private final People people;
    private final Faces faces;
    private final WhoseFaces whose;
    private final FaceTurns turns;
    private final Transaction transaction;

    PeopleDesk(
            People people,
            Faces faces,
            WhoseFaces whose,
            FaceTurns turns,
            Transaction transaction) {
        this.people = people;
        this.faces = faces;
        this.whose = whose;
        this.turns = turns;
        this.transaction = transaction;
    }

    /// Runs work in a transaction of its own.
    interface Transaction {
        <T> T run(Supplier<T> work);
    }

    /// Those with a name first.
    ///
    /// @param named part of a name, or null for everybody
    PersonList list(PeopleCursor after, @Nullable String named, int limit) {
        List<People.Listed> rows = people.after(after, named, limit + 1);
        boolean more = rows.size() > limit;
        List<People.Listed> page = more ? rows.subList(0, limit) : rows;
        return new PersonList(
                page.stream().map(People.Listed::person).toList(),
                more ? page.getLast().position().text() : null);
    }

    Person person(UUID person) {
        return people.find(person).orElseThrow(() -> new NoSuchPerson(person));
    }

    Face face(UUID face) {
        return faces.find(face).orElseThrow(() -> new NoSuchFace(face));
    }

    Page<Face> facesOf(UUID person, @Nullable Position after, int limit) {
        person(person);
        return faces.ofPerson(person, after, limit);
    }

    /// Faces that are nobody's: those that matter, or those that do not.
    Page<Face> facesOfNobody(boolean ignored, @Nullable Position after, int limit) {
        return ignored ? faces.ignored(after, limit) : faces.ofNobody(after, limit);
    }

    Person change(UUID person, PersonChange change) {
        return inTurn(
                () -> {
                    owner(person);
                    if (change.faceId() != null) {
                        requireTheirs(person, List.of(change.faceId()));
                    }
                    whose.change(person, change);
                    return person(person);
                });
    }

    /// All faces of the others become this person's, and the others are gone.
    Merged merge(UUID into, Collection<UUID> others) {
        return inTurn(
                () -> {
                    UUID owner = owner(into);
                    List<UUID> merged = new ArrayList<>();
                    List<UUID> absent = new ArrayList<>();
                    Set<UUID> wanted = new LinkedHashSet<>(others);
                    wanted.remove(into);
                    for (UUID other : wanted) {
                        Optional<WhoseFaces.Owner> theirs = whose.owner(other);
                        if (theirs.isEmpty()) {
                            absent.add(other);
                        } else if (!Objects.equals(theirs.get().owner(), owner)) {
                            throw new OtherLibrary(other);
                        } else {
                            whose.merge(other, into);
                            merged.add(other);
                        }
                    }
                    whose.tidy(List.of(into));
                    return new Merged(person(into), merged, absent);
                });
    }

    /// Some faces turn out not to be this person's.
    ///
    /// @return whose they are now, empty when they are nobody's
    Optional<Person> split(UUID person, Split split) {
        return inTurn(
                () -> {
                    UUID owner = owner(person);
                    requireTheirs(person, split.faces());
                    if (split.toNobody()) {
                        whose.takeAway(split.faces(), false);
                        whose.tidy(List.of(person));
                        return Optional.empty();
                    }
                    UUID other = EventCodec.newId();
                    whose.create(other, owner, split.name());
                    whose.give(split.faces(), other);
                    whose.tidy(List.of(person, other));
                    return Optional.of(person(other));
                });
    }

    /// Somebody says whose a face is.
    Face assign(UUID face, Whose to) {
        return inTurn(
                () -> {
                    WhoseFaces.FaceOwner before = requireFace(face);
                    UUID person = to.personId();
                    if (person == null) {
                        person = EventCodec.newId();
                        whose.create(person, before.owner(), to.name());
                    } else if (!Objects.equals(owner(person), before.owner())) {
                        throw new OtherLibrary(person);
                    }
                    whose.give(List.of(face), person);
                    whose.tidy(List.of(person));
                    tidy(before);
                    return face(face);
                });
    }

    /// Somebody says that a face is nobody's who is known, or does not matter at all.
    Face takeAway(UUID face, boolean ignored) {
        return inTurn(
                () -> {
                    WhoseFaces.FaceOwner before = requireFace(face);
                    whose.takeAway(List.of(face), ignored);
                    tidy(before);
                    return face(face);
                });
    }

    /// A face that did not matter does.
    Face notice(UUID face) {
        return inTurn(
                () -> {
                    requireFace(face);
                    whose.notice(face);
                    return face(face);
                });
    }

    private @Nullable UUID owner(UUID person) {
        return whose.owner(person).orElseThrow(() -> new NoSuchPerson(person)).owner();
    }

    private WhoseFaces.FaceOwner requireFace(UUID face) {
        return whose.ofFace(face).orElseThrow(() -> new NoSuchFace(face));
    }

    /// After a face was taken from whoever had it.
    private void tidy(WhoseFaces.FaceOwner before) {
        if (before.person() != null) {
            whose.tidy(List.of(before.person()));
        }
    }

    private void requireTheirs(UUID person, Collection<UUID> wanted) {
        Set<UUID> others = new LinkedHashSet<>(wanted);
        others.removeAll(whose.theirs(person, wanted));
        if (!others.isEmpty()) {
            throw new NotTheirs(others.iterator().next(), person);
        }
    }

    private <T> T inTurn(Supplier<T> change) {
        return transaction.run(
                () -> {
                    turns.take();
                    return change.get();
                });
    }
}
