package dev.darkroom.command;

import java.util.ArrayList;
import java.util.List;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `darkroom people`: whose faces are in the library, and who they are.
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description = {
            "See whose faces are in the library, and say who they are.",
            "",
            "A person is named by their name or their id. What you say here stays: no comparison of"
                    + " faces changes it.",
            ""
        },
        subcommands = {
            PeopleCommand.Listing.class,
            PeopleCommand.Faces.class,
            PeopleCommand.Name.class,
            PeopleCommand.Merge.class,
            PeopleCommand.Split.class
        })
final class PeopleCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one: list, faces, name, merge or split?");
    }

    /// What all of them have.
    abstract static class Asking implements Callable<Integer> {
        @Mixin private DataOption data = new DataOption();

        @Override
        public final Integer call() throws InterruptedException {
            try (ServiceClient library =
                    new ServiceClient(
                            "library-service", RunningSystem.require(data.folder()).library())) {
                System.out.print(ask(library));
                System.out.flush();
                return ExitCode.DONE;
            }
        }

        abstract String ask(ServiceClient library) throws InterruptedException;
    }

    /// `darkroom people list`.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List everybody: by name, then those without one, most faces first.")
    static final class Listing extends Asking {
        @Option(names = "--named", description = "Only those whose name is known.")
        private boolean named;

        @Override
        String ask(ServiceClient library) throws InterruptedException {
            StringBuilder text =
                    new StringBuilder(
                            Terminal.bold(
                                    line("name", "faces", "photos", "id"), Terminal.outIsScreen()));
            for (JsonNode person : everybody(library, "/api/people?limit=500")) {
                if (!named || person.has("name")) {
                    text.append(
                            line(
                                    person.path("name").asString("?"),
                                    Terminal.count(person.path("faces").asLong()),
                                    Terminal.count(person.path("assets").asLong()),
                                    person.path("personId").asString("")));
                }
            }
            return text.toString();
        }

        private static String line(String name, String faces, String photos, String id) {
            return "%-32s %8s %8s  %s%n".formatted(name, faces, photos, id);
        }
    }

    /// Does something with one person.
    abstract static class OnPerson extends Asking {
        @Parameters(index = "0", paramLabel = "PERSON", description = "A name, or an id.")
        private String who = "";

        @Override
        final String ask(ServiceClient library) throws InterruptedException {
            return ask(library, find(library, who));
        }

        abstract String ask(ServiceClient library, JsonNode person) throws InterruptedException;
    }

    /// `darkroom people faces`.
    @Command(
            name = "faces",
            mixinStandardHelpOptions = true,
            description = "List the faces of a person, those in the newest photos first.")
    static final class Faces extends OnPerson {
        @Override
        String ask(ServiceClient library, JsonNode person) throws InterruptedException {
            StringBuilder text =
                    new StringBuilder(
                            Terminal.bold(line("face", "taken", "photo"), Terminal.outIsScreen()));
            for (JsonNode face : everybody(library, path(person) + "/faces?limit=500")) {
                text.append(
                        line(
                                face.path("faceId").asString(""),
                                face.path("takenAt").asString("").split("T", -1)[0],
                                face.path("assetId").asString("")));
            }
            return text.toString();
        }

        private static String line(String face, String taken, String photo) {
            return "%-36s  %-10s  %s%n".formatted(face, taken, photo);
        }
    }

    /// `darkroom people name`.
    @Command(
            name = "name",
            mixinStandardHelpOptions = true,
            description = "Say who a person is; \"\" takes the name away.")
    static final class Name extends OnPerson {
        @Parameters(index = "1", paramLabel = "NAME", description = "Who it is.")
        private String name = "";

        @Override
        String ask(ServiceClient library, JsonNode person) throws InterruptedException {
            JsonNode now =
                    library.patch(
                            path(person),
                            JsonMapper.shared().createObjectNode().put("name", name).toString());
            return "%s has %s%n".formatted(called(now), faces(now));
        }
    }

    /// `darkroom people merge`.
    @Command(
            name = "merge",
            mixinStandardHelpOptions = true,
            description = "Others are the same person: all their faces become this one's.")
    static final class Merge extends OnPerson {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "OTHER", description = "Who else.")
        private List<String> others = new ArrayList<>();

        @Override
        String ask(ServiceClient library, JsonNode person) throws InterruptedException {
            ObjectNode wanted = JsonMapper.shared().createObjectNode();
            ArrayNode ids = wanted.putArray("people");
            for (String other : others) {
                ids.add(find(library, other).path("personId").asString(""));
            }
            JsonNode now = library.post(path(person) + "/merge", wanted.toString()).path("person");
            return "%s has %s now%n".formatted(called(now), faces(now));
        }
    }

    /// `darkroom people split`.
    @Command(
            name = "split",
            mixinStandardHelpOptions = true,
            description = {
                "Some faces of a person are somebody else's: somebody new, or nobody's.",
                "darkroom people faces PERSON lists them with their ids."
            })
    static final class Split extends OnPerson {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "FACE", description = "Their ids.")
        private List<String> faces = new ArrayList<>();

        @Option(names = "--name", paramLabel = "NAME", description = "Who the new person is.")
        private @Nullable String name;

        @Option(names = "--nobody", description = "The faces become nobody's.")
        private boolean nobody;

        @Override
        String ask(ServiceClient library, JsonNode person) throws InterruptedException {
            ObjectNode wanted = JsonMapper.shared().createObjectNode().put("nobody", nobody);
            if (name != null) {
                wanted.put("name", name);
            }
            ArrayNode ids = wanted.putArray("faces");
            faces.forEach(ids::add);
            JsonNode other = library.post(path(person) + "/split", wanted.toString());
            return nobody
                    ? "%s nobody's now%n"
                            .formatted(
                                    faces.size() == 1 ? "1 face is" : faces.size() + " faces are")
                    : "%s has %s, and is not %s%n"
                            .formatted(called(other), faces(other), called(person));
        }
    }

    private static String path(JsonNode person) {
        return "/api/people/" + person.path("personId").asString("");
    }

    private static String called(JsonNode person) {
        return person.path("name").asString(person.path("personId").asString(""));
    }

    private static String faces(JsonNode person) {
        long faces = person.path("faces").asLong();
        return faces == 1 ? "1 face" : Terminal.count(faces) + " faces";
    }

    /// All pages.
    private static List<JsonNode> everybody(ServiceClient library, String path)
            throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = library.get(path + (next.isEmpty() ? "" : "&cursor=" + next));
            page.path("items").forEach(all::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return all;
    }

    /// Whoever is called so.
    private static JsonNode find(ServiceClient library, String who) throws InterruptedException {
        List<JsonNode> found =
                everybody(library, "/api/people?limit=500").stream()
                        .filter(person -> isCalled(person, who))
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CommandFailed(
                ExitCode.FAILED,
                found.isEmpty()
                        ? "there is nobody called %s; darkroom people list says who is there"
                                .formatted(who)
                        : "%d people are called %s; name one by an id of darkroom people list"
                                .formatted(found.size(), who));
    }

    private static boolean isCalled(JsonNode person, String who) {
        String wanted = who.strip().toLowerCase(Locale.ROOT);
        return person.path("name").asString("").toLowerCase(Locale.ROOT).equals(wanted)
                || person.path("personId").asString("").equals(wanted);
    }
}
