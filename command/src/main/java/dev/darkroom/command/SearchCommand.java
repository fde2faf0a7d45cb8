package dev.darkroom.command;

import dev.darkroom.command.search.SearchText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `darkroom search`: the library's search, for a person at a terminal.
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Find assets by words, by likeness, by when, where and with what they were taken.",
            "",
            "Without words and without --similar-to: all that pass the filters, newest first.",
            ""
        },
        footer = {
            "",
            "  ./darkroom search orange sunset --from 2026-06-01 --near 48.137,11.575,20",
            "  ./darkroom search --similar-to 01a1fd1a-4213-7d99-a069-ef619694a93d",
            "",
            "Exit code 1 when nothing was found."
        })
final class SearchCommand implements Callable<Integer> {
    @Mixin private SearchOptions wanted = new SearchOptions();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "TABLE",
            description = "Default: table.")
    private Format format = Format.TABLE;

    private enum Format {
        TABLE,
        JSON
    }

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        String path = wanted.path(Instant.now());
        try (ServiceClient library =
                new ServiceClient(
                        "library-service", RunningSystem.require(data.folder()).library())) {
            JsonNode answer = library.get(path);
            System.out.print(
                    format == Format.JSON
                            ? answer.toPrettyString() + "\n"
                            : new SearchText(Terminal.outIsScreen()).text(answer));
            System.out.flush();
            return answer.path("items").isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
