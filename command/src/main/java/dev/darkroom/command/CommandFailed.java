package dev.darkroom.command;

import org.jspecify.annotations.Nullable;

/// A subcommand ends here. The message is for the person at the terminal and says what to do.
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailed(int exitCode, String message) {
        this(exitCode, message, null);
    }

    public CommandFailed(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// No system answers at the place where one was looked for.
    public static CommandFailed notRunning(String what, @Nullable Throwable cause) {
        return new CommandFailed(
                ExitCode.NOT_RUNNING, what + "\nstart it with: ./darkroom up", cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
