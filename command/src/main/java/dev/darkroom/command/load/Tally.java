package dev.darkroom.command.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Counts outcomes and keeps the first few things that a person wants to read. For one thread.
final class Tally {
    private static final int KEPT = 200;

    /// A file and what there is to say of it.
    record Note(Path path, String reason) {}

    private long added;
    private long alreadyThere;
    private long refused;
    private long incomplete;
    private long skipped;
    private long unreadable;
    private final List<Note> missing = new ArrayList<>();
    private final List<Note> unfinished = new ArrayList<>();
    private final List<Path> skippedFiles = new ArrayList<>();

    void count(Path file, Outcome outcome) {
        switch (outcome) {
            case Outcome.Added _ -> added++;
            case Outcome.AlreadyThere _ -> alreadyThere++;
            case Outcome.Incomplete _ -> incomplete++;
            case Outcome.Refused _ -> refused++;
        }
        List<Note> notes = outcome instanceof Outcome.Incomplete ? unfinished : missing;
        outcome.reason().ifPresent(reason -> keep(notes, new Note(file, reason)));
    }

    void skip(Path file) {
        skipped++;
        if (skippedFiles.size() < KEPT) {
            skippedFiles.add(file);
        }
    }

    void unreadable(Path path, String reason) {
        unreadable++;
        keep(missing, new Note(path, reason));
    }

    private static void keep(List<Note> notes, Note note) {
        if (notes.size() < KEPT) {
            notes.add(note);
        }
    }

    long added() {
        return added;
    }

    long alreadyThere() {
        return alreadyThere;
    }

    long refused() {
        return refused;
    }

    long incomplete() {
        return incomplete;
    }

    long skipped() {
        return skipped;
    }

    long unreadable() {
        return unreadable;
    }

    /// Files that have their outcome.
    long settled() {
        return added + alreadyThere + refused + incomplete;
    }

    /// Everything that did not get into the library whole.
    long failures() {
        return refused + incomplete + unreadable;
    }

    /// The first of those that are not in the library, with reasons.
    List<Note> missing() {
        return List.copyOf(missing);
    }

    /// The first of those that are in the library, though a task gave them up, with reasons.
    List<Note> unfinished() {
        return List.copyOf(unfinished);
    }

    /// The first of the skipped files.
    List<Path> skippedFiles() {
        return List.copyOf(skippedFiles);
    }
}
