package dev.darkroom.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `darkroom spaces`: which model's vectors are searched, which are being made, and back.
@Command(
        name = "spaces",
        mixinStandardHelpOptions = true,
        description = {
            "See and switch the spaces that pictures are compared in, one for each model.",
            "",
            "A space is named by its model, such as visual-v1. One space of a role is searched at a"
                    + " time; a new one takes over by itself once it holds nearly every photo.",
            ""
        },
        subcommands = {
            SpacesCommand.List.class,
            SpacesCommand.Activate.class,
            SpacesCommand.Rollback.class,
            SpacesCommand.Index.class,
            SpacesCommand.Drop.class
        })
final class SpacesCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one: list, activate, rollback, index or drop?");
    }

    /// What all of them have.
    abstract static class Asking implements Callable<Integer> {
        @Mixin private DataOption data = new DataOption();

        @Override
        public final Integer call() throws InterruptedException {
            try (ServiceClient worker =
                    new ServiceClient(
                            "embedding-worker",
                            RunningSystem.require(data.folder()).embeddings())) {
                System.out.print(ask(worker));
                System.out.flush();
                return ExitCode.DONE;
            }
        }

        abstract String ask(ServiceClient worker) throws InterruptedException;
    }

    /// `darkroom spaces list`.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the spaces and how full they are.")
    static final class List extends Asking {
        @Override
        String ask(ServiceClient worker) throws InterruptedException {
            boolean screen = Terminal.outIsScreen();
            StringBuilder text =
                    new StringBuilder(
                            Terminal.bold(
                                    line(
                                            "role",
                                            "model",
                                            "state",
                                            "numbers",
                                            "index",
                                            "photos",
                                            "coverage"),
                                    screen));
            for (JsonNode space : worker.get("/api/spaces").path("items")) {
                text.append(
                        line(
                                space.path("role").asString(""),
                                space.path("modelId").asString(""),
                                space.path("state").asString(""),
                                space.path("dimension").asString(""),
                                space.path("index").asString(""),
                                Terminal.count(space.path("vectors").asLong()),
                                percent(space)));
            }
            return text.toString();
        }

        private static String line(
                String role,
                String model,
                String state,
                String numbers,
                String index,
                String photos,
                String coverage) {
            return "%-8s %-32s %-9s %7s  %-8s %12s %9s%n"
                    .formatted(role, model, state, numbers, index, photos, coverage);
        }
    }

    /// Does something with one space.
    abstract static class OnSpace extends Asking {
        @Parameters(paramLabel = "SPACE", description = "A model's name or id.")
        private String space = "";

        final String path() {
            return "/api/spaces/" + ServiceClient.part(space);
        }
    }

    /// `darkroom spaces activate`.
    @Command(
            name = "activate",
            mixinStandardHelpOptions = true,
            description = "Search a space from now on, however full it is.")
    static final class Activate extends OnSpace {
        @Override
        String ask(ServiceClient worker) throws InterruptedException {
            return searched(worker.post(path() + "/activate", "{}"));
        }
    }

    /// `darkroom spaces rollback`.
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Search the space again that was searched before.")
    static final class Rollback extends Asking {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "visual",
                description = "What the vectors are for. Default: ${DEFAULT-VALUE}.")
        private String role = "visual";

        @Override
        String ask(ServiceClient worker) throws InterruptedException {
            return searched(
                    worker.post("/api/spaces/rollback?role=" + ServiceClient.part(role), "{}"));
        }
    }

    /// `darkroom spaces index`.
    @Command(
            name = "index",
            mixinStandardHelpOptions = true,
            description = {
                "Build a space's index anew, of this kind.",
                "The space can be searched meanwhile; photos that are added wait."
            })
    static final class Index extends OnSpace {
        /// How a space is searched.
        enum Kind {
            HNSW,
            IVFFLAT,
            EXACT
        }

        @Option(
                names = "--type",
                required = true,
                paramLabel = "hnsw|ivfflat|exact",
                description = "exact is none: every vector is looked at.")
        private Kind kind = Kind.HNSW;

        @Option(
                names = "--lists",
                paramLabel = "N",
                description = "Of ivfflat: a thousandth of the photos is a good number.")
        private @Nullable Integer lists;

        @Override
        String ask(ServiceClient worker) throws InterruptedException {
            ObjectNode wanted =
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("kind", kind.name().toLowerCase(Locale.ROOT))
                            .put("lists", lists);
            JsonNode answer = worker.post(path() + "/index", wanted.toString());
            return "%s is searched by %s%n"
                    .formatted(
                            answer.path("modelId").asString(""), answer.path("index").asString(""));
        }
    }

    /// `darkroom spaces drop`.
    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Remove a space that is not searched, with its vectors.")
    static final class Drop extends OnSpace {
        @Override
        String ask(ServiceClient worker) throws InterruptedException {
            JsonNode gone = worker.delete(path());
            return "%s is gone, with %s vectors%n"
                    .formatted(
                            gone.path("modelId").asString(""),
                            Terminal.count(gone.path("vectors").asLong()));
        }
    }

    private static String searched(JsonNode space) {
        String model = space.path("modelId").asString("");
        long lacking = space.path("photos").asLong() - space.path("vectors").asLong();
        String text = "%s is searched now%n".formatted(model);
        return lacking <= 0
                ? text
                : text
                        + "%s photos are not in it yet: ./darkroom reprocess --task %s%n"
                                .formatted(
                                        Terminal.count(lacking),
                                        space.path("role").asString("").equals("face")
                                                ? "faces"
                                                : "embedding --model " + model);
    }

    private static String percent(JsonNode space) {
        // Not rounded up to all.
        return "%.1f %%".formatted(Math.floor(space.path("coverage").asDouble() * 1_000) / 10);
    }
}
