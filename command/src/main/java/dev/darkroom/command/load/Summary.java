package dev.darkroom.command.load;

import dev.darkroom.command.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// The table at the end of an import, for a person.
final class Summary {
    private static final int SHOWN = 20;

    private final Path root;
    private final PrintStream out;
    private final boolean screen;

    Summary(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
        this.screen = Terminal.outIsScreen();
    }

    void print(ImportResult result) {
        Tally tally = result.tally();
        problems("Not in the library", tally.missing(), tally.refused() + tally.unreadable());
        problems("In the library, but not whole", tally.unfinished(), tally.incomplete());
        skipped(tally);
        double seconds = Math.max(0.001, result.took().toMillis() / 1_000.0);
        out.println();
        row(Terminal.green(pad("added"), screen), tally.added(), "");
        row(pad("already there"), tally.alreadyThere(), "same bytes as a file in the library");
        row(
                Terminal.red(pad("incomplete"), screen),
                tally.incomplete(),
                "in the library, but a task gave up");
        row(Terminal.red(pad("refused"), screen), tally.refused(), "");
        row(Terminal.red(pad("unreadable"), screen), tally.unreadable(), "");
        row(
                Terminal.yellow(pad("waiting"), screen),
                result.waiting(),
                "submitted; they go their way by themselves");
        row(Terminal.dim(pad("skipped"), screen), tally.skipped(), "no photo, video or audio file");
        out.println(
                Terminal.dim(
                        "  %s files in %s, %.1f files/s"
                                .formatted(
                                        Terminal.count(tally.settled()),
                                        Terminal.time(result.took()),
                                        tally.settled() / seconds),
                        screen));
    }

    private void problems(String title, List<Tally.Note> notes, long all) {
        if (notes.isEmpty()) {
            return;
        }
        out.println(Terminal.bold(title, screen));
        for (Tally.Note note : notes.stream().limit(SHOWN).toList()) {
            out.println("  " + shown(note.path()) + Terminal.dim("  " + reason(note), screen));
        }
        more(all);
    }

    private void skipped(Tally tally) {
        List<Path> files = tally.skippedFiles();
        if (files.isEmpty()) {
            return;
        }
        out.println(Terminal.bold("Skipped, no photo, video or audio file", screen));
        files.stream().limit(SHOWN).forEach(file -> out.println("  " + shown(file)));
        more(tally.skipped());
    }

    private void more(long all) {
        if (all > SHOWN) {
            out.println(
                    Terminal.dim(
                            "  and " + Terminal.count(all - SHOWN) + " more: --json lists all",
                            screen));
        }
    }

    private void row(String label, long count, String remark) {
        if (count > 0) {
            out.println(
                    "  "
                            + label
                            + "%9s".formatted(Terminal.count(count))
                            + Terminal.dim(remark.isEmpty() ? "" : "  " + remark, screen));
        }
    }

    private String shown(Path path) {
        return path.startsWith(root) && !path.equals(root)
                ? root.relativize(path).toString()
                : path.toString();
    }

    /// Some reasons have the file's name in them, which stands there already.
    private static String reason(Tally.Note note) {
        return note.reason().replace(note.path().getFileName() + ": ", "");
    }

    private static String pad(String label) {
        return "%-14s".formatted(label);
    }
}
