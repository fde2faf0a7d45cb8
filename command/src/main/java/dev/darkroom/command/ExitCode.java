package dev.darkroom.command;

/// The exit codes of every subcommand. A command that Ctrl-C ends has 130, as the shell expects.
public final class ExitCode {
    public static final int DONE = 0;

    /// It ran, and something did not succeed: a file was refused, a migration failed.
    public static final int FAILED = 1;

    /// The command line was wrong.
    public static final int USAGE = 2;

    /// There is no running system to talk to.
    public static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
