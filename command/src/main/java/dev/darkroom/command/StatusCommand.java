package dev.darkroom.command;

import dev.darkroom.command.watch.StatusTable;
import dev.darkroom.command.watch.SystemStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `darkroom status`: what runs, what waits, what failed.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show what runs, what waits and what failed.")
final class StatusCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @Mixin private DataOption data = new DataOption();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--watch", description = "Look again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = data.folder();
        while (true) {
            Optional<RunningSystem> system = RunningSystem.find(folder);
            if (json && system.isEmpty()) {
                System.out.println("{\"running\":false}");
                return ExitCode.NOT_RUNNING;
            }
            show(
                    SystemStatus.of(system.orElseGet(() -> RunningSystem.require(folder)), folder),
                    folder);
            if (!watch) {
                return ExitCode.DONE;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private void show(SystemStatus status, Path folder) {
        if (json) {
            System.out.println(
                    JsonMapper.shared()
                            .writeValueAsString(Map.of("running", true, "status", status)));
        } else {
            String table = new StatusTable(status, folder).text();
            System.out.print((watch && Terminal.outIsScreen() ? CLEAR_SCREEN : "") + table);
        }
        System.out.flush();
    }
}
