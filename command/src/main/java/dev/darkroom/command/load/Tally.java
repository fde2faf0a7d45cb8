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
    private final List<Note> problems = new ArrayList<>();
    private final List<Path> skippedFiles = new ArrayList<>();

    void count(Path file, Outcome outcome) {
        switch (outcome) {
            case Outcome.Added _ -> added++;
            case Outcome.AlreadyThere _ -> alreadyThere++;
            case Outcome.Incomplete _ -> incomplete++;
            case Outcome.Refused _ -> refused++;
        }
        outcome.reason().ifPresent(reason -> keep(new Note(file, reason)));
    }

    void skip(Path file) {
        skipped++;
        if (skippedFiles.size() < KEPT) {
            skippedFiles.add(file);
        }
    }

    void unreadable(Path path, String reason) {
        unreadable++;
        keep(new Note(path, reason));
    }

    private void keep(Note note) {
        if (problems.size() < KEPT) {
            problems.add(note);
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

    /// The first of the [#failures()], with reasons.
    List<Note> problems() {
        return List.copyOf(problems);
    }

    /// The first of the skipped files.
    List<Path> skippedFiles() {
        return List.copyOf(skippedFiles);
    }
}
