package dev.darkroom.bench.thumbnails;

import dev.darkroom.bench.thumbnails.Photos.Photo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Darkroom's children and sharp, warm, on the same photos: one at a time on one processor, then
/// two at a time on two.
public final class ThumbnailRace {

    private final PrintStream out;
    private final Path sharp;
    private final List<Photo> photos;
    private final List<Photo> turned;

    /// @param sharp the folder of the rival's worker
    /// @param photos to be timed
    /// @param turned for the gates alone: one for each orientation
    public ThumbnailRace(PrintStream out, Path sharp, List<Photo> photos, List<Photo> turned) {
        this.out = out;
        this.sharp = sharp;
        this.photos = List.copyOf(photos);
        this.turned = List.copyOf(turned);
    }

    public void run(int rounds) throws IOException, InterruptedException {
        try (SharpContender.Node node = SharpContender.Node.start(sharp)) {
            out.println("Rival: " + node.version());
            for (int atOnce = 1; atOnce <= 2; atOnce++) {
                try (DarkroomContender darkroom = new DarkroomContender(atOnce)) {
                    race(node, darkroom, atOnce, rounds);
                }
            }
        } catch (IOException e) {
            out.println("sharp: not run (" + e.getMessage() + ")");
            throw e;
        }
    }

    private void race(SharpContender.Node node, DarkroomContender darkroom, int atOnce, int rounds)
            throws IOException, InterruptedException {
        List<Contender> contenders =
                List.of(
                        darkroom,
                        node.mode("cascade"),
                        node.mode("standardcodes"),
                        node.mode("three"));
        Rounds race = new Rounds(contenders, photos, atOnce);
        race.warmUp();
        List<ProcessHandle> processes = new ArrayList<>(darkroom.children());
        processes.add(node.handle());
        bind(processes, atOnce == 1 ? "0" : "0,1");
        out.printf("%d rounds, load %s%n", rounds, load());
        race.run(rounds);
        race.report(out);
        out.printf("%nDrawn by %s; load %s%n", darkroom.engines(), load());
        if (atOnce == 1) {
            Gates gates = new Gates(darkroom, contenders.get(1));
            for (Photo photo : turned) {
                gates.check(photo);
            }
            for (Photo photo : photos) {
                gates.check(photo);
            }
            gates.report(out);
        }
    }

    /// All threads of the contenders on the same processors.
    private void bind(List<ProcessHandle> processes, String processors)
            throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            Process taskset =
                    new ProcessBuilder("taskset", "-a", "-p", "-c", processors, process.pid() + "")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (taskset.waitFor() != 0) {
                out.println("process " + process.pid() + " is not bound to processors");
            }
        }
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
