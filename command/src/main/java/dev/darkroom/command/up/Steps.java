package dev.darkroom.command.up;

import dev.darkroom.command.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Shows the steps of a start or a stop on standard error, each with its time.
///
/// On a screen the step at work is shown and then overwritten; elsewhere each line stays.
public final class Steps {
    private static final String TO_LINE_START = "\r\u001b[K";

    private final PrintStream err;
    private final boolean screen;

    public Steps(PrintStream err) {
        this.err = err;
        this.screen = Terminal.errIsScreen();
    }

    /// Does one step.
    ///
    /// @param name what is done, as a person would say it
    public <T> T step(String name, Callable<T> work) throws Exception {
        Instant begun = Instant.now();
        passing(name);
        try {
            T result = work.call();
            line(Terminal.green("✓", screen), name, Duration.between(begun, Instant.now()));
            return result;
        } catch (Exception e) {
            line(Terminal.red("✗", screen), name, Duration.between(begun, Instant.now()));
            throw e;
        }
    }

    /// A step inside a step that may take a while.
    public void detail(String sentence) {
        if (screen) {
            passing(sentence);
        } else {
            err.println("  · " + sentence);
        }
    }

    /// A line that stays.
    public void say(String sentence) {
        err.println((screen ? TO_LINE_START : "") + sentence);
    }

    private void passing(String sentence) {
        if (screen) {
            // The cursor stays at the start: a warning of the log writes over this line.
            err.print(TO_LINE_START + "  " + Terminal.dim("… " + sentence, true) + "\r");
            err.flush();
        }
    }

    private void line(String mark, String name, Duration took) {
        String time = String.format(Locale.ROOT, "%6.1f s", took.toMillis() / 1_000.0);
        say("  " + mark + " " + "%-44s".formatted(name) + Terminal.dim(time, screen));
    }
}
