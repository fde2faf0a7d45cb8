package dev.darkroom.command.load;

import dev.darkroom.command.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows an import on standard error: a bar on a screen, a line every few seconds elsewhere.
final class ImportDisplay implements ImportListener {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream err;
    private final Instant begun = Instant.now();
    private final AtomicLong expectedFiles = new AtomicLong();
    private final @Nullable ProgressBar bar;
    private volatile boolean everythingExpected;
    private Instant nextLine = begun.plus(BETWEEN_LINES);

    /// @param withBar whether a person watches
    ImportDisplay(PrintStream err, boolean withBar) {
        this.err = err;
        this.bar = withBar ? bar(err) : null;
    }

    private static ProgressBar bar(PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName("importing")
                .setUnit(" files", 1)
                .setStyle(
                        ProgressBarStyle.builder()
                                .leftBracket("")
                                .rightBracket("")
                                .block('━')
                                .space('─')
                                .build())
                .setUpdateIntervalMillis(200)
                .showSpeed(new java.text.DecimalFormat("0.0"))
                .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(err))
                .clearDisplayOnFinish()
                .setInitialMax(0)
                .build();
    }

    @Override
    public void expect(long size) {
        expectedFiles.incrementAndGet();
    }

    @Override
    public void everythingExpected() {
        everythingExpected = true;
    }

    @Override
    public void progress(Tally tally, long waiting) {
        long total = Math.max(expectedFiles.get(), tally.settled() + waiting);
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(tally.settled());
            bar.setExtraMessage(tally.failures() == 0 ? "" : tally.failures() + " refused");
        } else if (Instant.now().isAfter(nextLine)) {
            nextLine = Instant.now().plus(BETWEEN_LINES);
            err.println(line(tally.settled(), total, tally.failures()));
        }
    }

    private String line(long settled, long total, long failures) {
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1_000.0;
        double rate = settled / seconds;
        StringBuilder line =
                new StringBuilder(
                        "%s of %s%s files, %.1f files/s"
                                .formatted(
                                        Terminal.count(settled),
                                        Terminal.count(total),
                                        everythingExpected ? "" : "+",
                                        rate));
        if (everythingExpected && rate > 0) {
            Duration left = Duration.ofSeconds(Math.round((total - settled) / rate));
            line.append(", ").append(Terminal.time(left)).append(" left");
        }
        if (failures > 0) {
            line.append(", ").append(Terminal.count(failures)).append(" refused");
        }
        return line.toString();
    }

    @Override
    public void settled(Path file, @Nullable UUID assetId, Outcome outcome) {}

    @Override
    public void skipped(Path file) {}

    @Override
    public void unreadable(Path path, String reason) {}

    @Override
    public void note(String text) {
        err.println(text);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
