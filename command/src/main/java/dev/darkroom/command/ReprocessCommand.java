package dev.darkroom.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `darkroom reprocess`: photos that lack what a worker or a model would make of them are announced
/// again.
@Command(
        name = "reprocess",
        mixinStandardHelpOptions = true,
        description = {
            "Have a worker go over what it has not done yet, behind everything else.",
            "",
            "What was skipped for want of a model is taken up; so is what another model did than the"
                    + " one that there is now (species, faces, depth).",
            "",
            "With a model: every photo that has no vector in its space. Done twice, or after a crash,"
                    + " it goes on where it stopped.",
            ""
        })
final class ReprocessCommand implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "Such as thumbnail, embedding, species, faces.")
    private String task = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Of the task embedding: a model's name or id, as in darkroom spaces list.")
    private @Nullable String model;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode wanted = JsonMapper.shared().createObjectNode().put("task", task);
        if (model != null) {
            wanted.put("model", model);
        }
        try (ServiceClient ingest =
                new ServiceClient(
                        "ingest-service", RunningSystem.require(data.folder()).uploads())) {
            JsonNode answer = ingest.post("/api/reprocess", wanted.toString());
            long assets = answer.path("assets").asLong();
            System.out.println(
                    assets == 0
                            ? "nothing to do: %s has seen every photo".formatted(name(answer))
                            : "%s photos are on their way to %s; darkroom %s shows how far they are"
                                    .formatted(
                                            Terminal.count(assets),
                                            name(answer),
                                            model == null ? "status" : "spaces list"));
            return ExitCode.DONE;
        }
    }

    private static String name(JsonNode answer) {
        return answer.path("model").asString(answer.path("task").asString(""));
    }
}
