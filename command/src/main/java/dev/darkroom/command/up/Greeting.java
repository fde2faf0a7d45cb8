package dev.darkroom.command.up;

import dev.darkroom.command.RunningSystem;
import dev.darkroom.command.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/// What `up` says when everything answers: where it listens and what to type next.
public final class Greeting {
    private final PrintStream out;
    private final boolean screen = Terminal.outIsScreen();

    public Greeting(PrintStream out) {
        this.out = out;
    }

    public void print(RunningSystem system, Path dataFolder, String engines, Duration took) {
        out.println();
        out.println(
                "  "
                        + Terminal.bold(Terminal.green("Darkroom is ready", screen), screen)
                        + Terminal.dim(" after " + Terminal.time(took), screen));
        out.println();
        row("library", system.library().toString(), "");
        row("uploads", system.uploads() + "/api/assets", "tus: " + "/api/uploads");
        row("sync", system.sync().toString(), "watched folders, change streams over HTTP");
        row("kafka", system.kafka(), "topic asset-submitted; changes on cdc.*");
        row("postgres", system.jdbcUrl(), "passwords: secrets.properties");
        row("data", dataFolder.toString(), "");
        row("log", UpLogging.file(dataFolder).toString(), "");
        row("engines", engines, "");
        out.println();
        out.println("  In another terminal:");
        next("import ~/Pictures", "add a folder; --help tells what may be in it");
        next("tail", "every change, as JSON lines");
        next("status", "what runs, what waits, what failed");
        out.println();
        out.println(
                Terminal.dim("  Ctrl-C stops it. Everything is still there next time.", screen));
        out.println();
        out.flush();
    }

    private void row(String label, String value, String remark) {
        out.println(
                "    "
                        + Terminal.dim("%-9s".formatted(label), screen)
                        + " "
                        + value
                        + Terminal.dim(remark.isEmpty() ? "" : "   " + remark, screen));
    }

    private void next(String arguments, String remark) {
        out.println(
                "    "
                        + Terminal.bold("%-30s".formatted("./darkroom " + arguments), screen)
                        + Terminal.dim(remark, screen));
    }
}
