package dev.darkroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What a person gets for what they type, where no running system is needed.
class CommandLineTest {
    @TempDir private Path folder;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Darkroom.commandLine();
        return command.setErr(new PrintWriter(err)).setOut(new PrintWriter(out)).execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "import",
                "repository",
                "sync",
                "status",
                "tail",
                "rebuild",
                "as-of",
                "stream",
                "db"
            })
    void everySubcommandExplainsItself(String subcommand) {
        int code = run(subcommand, "--help");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Usage: darkroom " + subcommand);
    }

    @Test
    void asksForACommandWhenNoneIsGiven() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Which command?");
    }

    @Test
    void refusesAnUnknownOption() {
        assertThat(run("status", "--colour")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesToImportAFolderThatIsNotThere() {
        int code = run("import", folder.resolve("nowhere").toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "high"})
    void refusesAPriorityOutsideOneToTen(String priority) {
        int code = run("import", folder.toString(), "--priority", priority);

        assertThat(code).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void asksWhatToDoWithRepositories() {
        assertThat(run("repository")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("add, list, set or remove?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--strategy=year", "--rescan=often", "--fuse=many", "--owner=me"})
    void refusesASettingThatARepositoryCannotHave(String option) {
        int code = run("repository", "add", folder.toString(), option);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void saysHowToStartWhenNothingRuns() {
        assertThat(run("import", folder.toString(), "--data", folder.toString()))
                .isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(run("status", "--data", folder.toString())).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(run("tail", "--data", folder.toString())).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(run("repository", "list", "--data", folder.toString()))
                .isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(err.toString()).contains("./darkroom up");
    }

    @Test
    void takesASystemThatWasKilledForGone() throws Exception {
        // given: this process lives, but it began at another time than the one that wrote the file
        ProcessHandle self = ProcessHandle.current();
        Instant earlier = RunningSystem.startOf(self).minusSeconds(60);
        system(self.pid(), earlier).announce(folder);

        assertThat(RunningSystem.find(folder)).isEmpty();
        assertThat(run("status", "--data", folder.toString())).isEqualTo(ExitCode.NOT_RUNNING);
    }

    @Test
    void findsARunningSystem() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        RunningSystem system = system(self.pid(), RunningSystem.startOf(self));

        system.announce(folder);

        assertThat(RunningSystem.find(folder)).contains(system);
    }

    @Test
    void refusesToStartTwiceOnOneFolder() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        system(self.pid(), RunningSystem.startOf(self)).announce(folder);

        int code = run("up", "--data", folder.toString());

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("already up", Long.toString(self.pid()), "http://127.0.0.1:7700");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws Exception {
        Files.writeString(folder.resolve("up.json"), "{broken");

        assertThat(run("status", "--data", folder.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("up.json cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", ""})
    void refusesToTailFromAPlaceThatIsNone(String from) {
        assertThat(run("tail", "--from=" + from)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void showsWhereAFilterIsWrongWithoutTheWholeUsage() {
        assertThat(run("tail", "--where", "after.rating >= 4 && rating > 3"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("line 1, column 22: there is no 'rating'", "for example: ")
                .doesNotContain("Usage:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--flat --envelope",
                "--flat --format table",
                "--format xml",
                "--format %q",
                "--columns a",
                "--op x",
                "-n 0",
                "--topic asset-changed --op c",
                "--topic asset-changed --flat"
            })
    void refusesToTailInAFormThatIsNone(String options) {
        List<String> arguments = new ArrayList<>(List.of("tail"));
        arguments.addAll(List.of(options.split(" ", -1)));

        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesToRebuildWithoutALoginOrATableThatIsNone() {
        String elsewhere = "jdbc:postgresql://elsewhere/copy";

        assertThat(run("rebuild", "--into", elsewhere, "--kafka", "x:1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--user and --password-file");
        assertThat(run("rebuild", "--into", elsewhere, "--tables", "nope"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no table 'nope' has a change stream");
    }

    @Test
    void asOfNeedsAnAssetOrARow() {
        assertThat(run("as-of", "@-1h")).isEqualTo(ExitCode.USAGE);
        assertThat(run("as-of", "@-1h", "--table", "assets")).isEqualTo(ExitCode.USAGE);
        assertThat(run("as-of", "soon", "--table", "assets", "--key", "1"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesToUndoWithoutTrackAndNumber() {
        assertThat(run("db", "undo")).isEqualTo(ExitCode.USAGE);
        assertThat(run("db", "undo", "--track", "app", "--max-steps", "0"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesADatabaseUrlWithoutAPasswordFile() {
        int code = run("db", "status", "--url", "jdbc:postgresql://localhost/darkroom");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--password-file");
    }

    private RunningSystem system(long pid, Instant startedAt) {
        return new RunningSystem(
                pid,
                startedAt,
                java.net.URI.create("http://127.0.0.1:7700"),
                java.net.URI.create("http://127.0.0.1:7701"),
                java.net.URI.create("http://127.0.0.1:7702"),
                java.net.URI.create("http://127.0.0.1:7703"),
                "127.0.0.1:9092",
                "127.0.0.1",
                5432,
                "darkroom",
                List.of(folder));
    }
}
