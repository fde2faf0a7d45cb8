package dev.darkroom.command;

import dev.darkroom.command.tables.TablesAccess;
import dev.darkroom.database.Login;
import dev.darkroom.embedded.BackendsUnavailable;
import dev.darkroom.embedded.DataFolderInUse;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which database a subcommand of `db` works on.
final class DatabaseOptions {
    /// What is done with the tables.
    interface Work {
        int on(TablesAccess tables) throws SQLException;
    }

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Another database: jdbc:postgresql://HOST:PORT/DATABASE")
    private @Nullable String url;

    @Option(
            names = "--user",
            defaultValue = "darkroom_owner",
            description = "Who owns the tables there. Default: ${DEFAULT-VALUE}.")
    private String user = Role.OWNER.roleName();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of --user, the first line of a file.")
    private @Nullable Path passwordFile;

    /// Opens the database, does the work, and explains what goes wrong on the way.
    int run(Work work) throws IOException {
        try (TablesAccess tables = open()) {
            return work.on(tables);
        } catch (SQLException | FlywayException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()).strip(), e);
        } catch (DataFolderInUse | BackendsUnavailable e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private TablesAccess open() throws IOException, SQLException {
        if (url != null) {
            if (passwordFile == null) {
                throw new CommandFailed(ExitCode.USAGE, "--url needs --password-file");
            }
            String password = Files.readAllLines(passwordFile).stream().findFirst().orElse("");
            return TablesAccess.at(TablesAccess.address(url), new Login(user, password));
        }
        return System.getenv("DARKROOM_DATABASE_HOST") == null
                ? TablesAccess.ofDataFolder(data.folder(), System.err)
                : TablesAccess.ofEnvironment(System.getenv());
    }
}
