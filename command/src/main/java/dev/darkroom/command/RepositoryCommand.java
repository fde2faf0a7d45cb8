package dev.darkroom.command;

import dev.darkroom.command.repository.RepositoryClient;
import dev.darkroom.command.repository.RepositoryTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `darkroom repository`: the folders whose files are in the library where they lie.
@Command(
        name = "repository",
        mixinStandardHelpOptions = true,
        description = {
            "Folders that the library follows: new, changed, moved and deleted files.",
            "Your files are never changed, moved or deleted by it.",
            ""
        },
        subcommands = {
            RepositoryCommand.Add.class,
            RepositoryCommand.Show.class,
            RepositoryCommand.Change.class,
            RepositoryCommand.Remove.class
        })
final class RepositoryCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: add, list, set or remove?");
    }

    private static void print(boolean json, List<JsonNode> repositories) {
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(repositories));
        } else {
            System.out.print(new RepositoryTable().text(repositories));
        }
        System.out.flush();
    }

    /// `darkroom repository add`.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Follow a folder. Its photos are in the library in a moment.")
    static final class Add implements Callable<Integer> {
        @Parameters(paramLabel = "FOLDER", description = "The folder.")
        private Path folder = Path.of("");

        @Mixin private RepositoryOptions options = new RepositoryOptions();
        @Mixin private RepositoryAccess access = new RepositoryAccess();

        @Override
        public Integer call() {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("path", folder.toAbsolutePath().normalize().toString());
            settings.putAll(options.settings());
            JsonNode added = access.client().add(settings);
            print(access.json(), List.of(added));
            return ExitCode.DONE;
        }
    }

    /// `darkroom repository list`.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "All repositories, and how each is kept.")
    static final class Show implements Callable<Integer> {
        @Mixin private RepositoryAccess access = new RepositoryAccess();

        @Override
        public Integer call() {
            print(access.json(), access.client().list());
            return ExitCode.DONE;
        }
    }

    /// `darkroom repository set`.
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Change how a repository is kept; what is not named stays.")
    static final class Change implements Callable<Integer> {
        @Parameters(paramLabel = "REPOSITORY", description = "Its id, name or folder.")
        private String called = "";

        @Mixin private RepositoryOptions options = new RepositoryOptions();
        @Mixin private RepositoryAccess access = new RepositoryAccess();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            Map<String, Object> settings = options.settings();
            if (settings.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "Nothing to set.");
            }
            RepositoryClient client = access.client();
            JsonNode changed = client.change(id(client.find(called)), settings);
            print(access.json(), List.of(changed));
            return ExitCode.DONE;
        }
    }

    /// `darkroom repository remove`.
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Stop following a folder. Its assets stay, unless you say --forget.")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "REPOSITORY", description = "Its id, name or folder.")
        private String called = "";

        @Option(
                names = "--forget",
                description =
                        "Also remove its assets from the library: what people said about them is"
                                + " lost. The files stay.")
        private boolean forget;

        @Mixin private RepositoryAccess access = new RepositoryAccess();

        @Override
        public Integer call() {
            RepositoryClient client = access.client();
            JsonNode repository = client.find(called);
            String id = id(repository);
            client.stopWatching(id);
            if (forget) {
                client.forget(id);
            }
            System.out.println(
                    (forget ? "forgotten: " : "not followed any more: ")
                            + repository.path("path").asString());
            return ExitCode.DONE;
        }
    }

    private static String id(JsonNode repository) {
        return repository.path("repositoryId").asString();
    }
}
