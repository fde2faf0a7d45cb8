package dev.darkroom.command;

import dev.darkroom.command.rebuild.Rebuild;
import dev.darkroom.command.rebuild.RebuildRequest;
import dev.darkroom.command.rebuild.RebuiltTable;
import dev.darkroom.command.tables.TablesAccess;
import dev.darkroom.command.up.RolePasswords;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.StartAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `darkroom rebuild`: a copy of the database, from the topics alone.
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a copy of the database from the change streams alone, and check it.",
            "",
            "The copy holds every transaction that was committed up to its time, whole. It is made"
                    + " in one transaction: all of it, or nothing. An administrator makes the"
                    + " database and the roles where they are missing; roles made here have no"
                    + " password.",
            ""
        },
        footer = {
            "",
            "  ./darkroom rebuild --into jdbc:postgresql://127.0.0.1:5432/copy",
            "  ./darkroom rebuild --into jdbc:postgresql://db/copy --user postgres \\",
            "      --password-file secret --tables assets,thumbnails --until @-1d"
        })
final class RebuildCommand implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--into",
            required = true,
            paramLabel = "URL",
            description = "Where the copy goes: jdbc:postgresql://HOST:PORT/DATABASE")
    private String into = "";

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "An administrator of that server, or the owner of the tables there. Default: the"
                            + " administrator of the data folder's own server.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of --user, the first line of a file.")
    private @Nullable Path passwordFile;

    @Mixin private KafkaOption kafka = new KafkaOption();

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these. Default: all.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "As it was then: 2026-01-01T00:00:00Z, or @-1h. Default: the newest commit"
                            + " that is on Kafka.")
    private @Nullable String until;

    @Option(names = "--overwrite", description = "Remove the rows that are there already.")
    private boolean overwrite;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        RebuildRequest request = request();
        boolean screen = Terminal.errIsScreen();
        try {
            long begun = System.nanoTime();
            Rebuild.Copy copy =
                    new Rebuild(
                                    request,
                                    step -> System.err.println(Terminal.dim("  " + step, screen)))
                            .run();
            print(copy, (System.nanoTime() - begun) / 1e9);
            return ExitCode.DONE;
        } catch (KafkaException e) {
            throw CommandFailed.notRunning(
                    "Kafka does not answer at " + request.bootstrapServers(), e);
        } catch (SQLException | ChangeRecord.NotAChange e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()).strip(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted; nothing was copied", e);
        }
    }

    private RebuildRequest request() throws IOException {
        Optional<Instant> time = time();
        Set<Table> wanted = tables();
        DatabaseAddress target = TablesAccess.address(into);
        return new RebuildRequest(
                kafka.bootstrapServers(data), target, login(target), wanted, time, overwrite);
    }

    private Login login(DatabaseAddress target) throws IOException {
        if (passwordFile != null) {
            String password = Files.readAllLines(passwordFile).stream().findFirst().orElse("");
            return new Login(user == null ? Role.OWNER.roleName() : user, password);
        }
        boolean isOwnServer =
                RunningSystem.find(data.folder())
                        .filter(own -> own.databaseHost().equals(target.host()))
                        .filter(own -> own.databasePort() == target.port())
                        .isPresent();
        if (user == null && isOwnServer) {
            Optional<Login> administrator = RolePasswords.administrator(data.folder());
            if (administrator.isPresent()) {
                return administrator.get();
            }
        }
        throw new CommandFailed(
                ExitCode.USAGE, "--into another server needs --user and --password-file");
    }

    private Set<Table> tables() {
        if (tables.isEmpty()) {
            return EnumSet.allOf(Table.class);
        }
        Set<Table> wanted = EnumSet.noneOf(Table.class);
        for (String name : tables) {
            wanted.add(
                    Arrays.stream(Table.values())
                            .filter(table -> table.tableName().equals(name.strip()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new ParameterException(
                                                    spec.commandLine(),
                                                    "no table '%s' has a change stream; there are: %s"
                                                            .formatted(name, names()))));
        }
        return wanted;
    }

    private static String names() {
        return Arrays.stream(Table.values())
                .map(Table::tableName)
                .collect(Collectors.joining(", "));
    }

    private Optional<Instant> time() {
        try {
            return until == null
                    ? Optional.empty()
                    : Optional.of(
                            StartAt.time(
                                    until.startsWith("@") ? until.substring(1) : until,
                                    Instant.now()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--until: " + e.getMessage(), e);
        }
    }

    private void print(Rebuild.Copy copy, double seconds) {
        boolean screen = Terminal.outIsScreen();
        String form = "%-20s %12s %12s %10s %9s %12s  %s%n";
        System.out.print(
                Terminal.bold(
                        form.formatted(
                                "TABLE",
                                "ROWS",
                                "CHANGES",
                                "DUPLICATE",
                                "SECONDS",
                                "CHANGES/S",
                                "CHECKSUM"),
                        screen));
        long changes = 0;
        for (RebuiltTable table : copy.tables()) {
            double took = table.took().toMillis() / 1e3;
            changes += table.changes();
            System.out.printf(
                    form,
                    table.table().tableName(),
                    Terminal.count(table.rows()),
                    Terminal.count(table.changes()),
                    Terminal.count(table.duplicates()),
                    String.format(Locale.ROOT, "%.1f", took),
                    Terminal.count(Math.round(table.changes() / Math.max(took, 0.001))),
                    table.checksum());
        }
        System.out.printf(
                "%nas of %s, %s changes in %.1f s, each table checked against its topic%n",
                copy.asOf(), Terminal.count(changes), seconds);
        copy.leftOut().forEach(key -> System.out.println("left out: " + key));
    }
}
