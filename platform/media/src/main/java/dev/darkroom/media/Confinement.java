package dev.darkroom.media;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this machine lets us take away from a child before it reads its first byte.
///
/// Each measure is tried once with a harmless command; one that does not work here is left out and
/// reported.
///
/// @param prefix the words that go before the child's own command
/// @param report one sentence per measure, whether it works here or not
record Confinement(List<String> prefix, List<String> report) {

    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

    Confinement {
        prefix = List.copyOf(prefix);
        report = List.copyOf(report);
    }

    /// Finds out what works here.
    static Confinement of(MediaOptions options) {
        List<String> prefix = new ArrayList<>();
        List<String> report = new ArrayList<>();
        List<String> unshare =
                firstThatWorks(List.of("unshare", "-n", "--"), List.of("unshare", "-Urn", "--"));
        if (unshare.isEmpty()) {
            report.add(
                    "no: children have no network of their own, because neither unshare -n nor unshare -Urn works here");
        } else {
            prefix.addAll(unshare);
            report.add(
                    "yes: children are in a network of their own, without a way out ("
                            + String.join(" ", unshare.subList(0, 2))
                            + ")");
        }
        long data = options.memoryLimitBytes() * 3 / 2;
        List<String> prlimit =
                firstThatWorks(
                        List.of(
                                "prlimit",
                                "--core=0",
                                "--fsize=" + options.memoryLimitBytes(),
                                "--data=" + data,
                                "--"));
        if (prlimit.isEmpty()) {
            report.add(
                    "no: the system does not cap the children's memory, because prlimit does not work here");
        } else {
            prefix.addAll(prlimit);
            report.add("yes: the system caps a child's data at " + data / (1024 * 1024) + " MiB");
        }
        report.add(
                Watch.works()
                        ? "yes: a child over "
                                + options.memoryLimitBytes() / (1024 * 1024)
                                + " MiB of memory or "
                                + options.limits().cpu().toSeconds()
                                + " s of processor time for one file is killed"
                        : "no: children over their memory or processor time go unnoticed, because /proc is"
                                + " not readable here");
        report.add(
                "yes: a child that works on one file for "
                        + options.deadline().toSeconds()
                        + " s is killed");
        return new Confinement(prefix, report);
    }

    @SafeVarargs
    private static List<String> firstThatWorks(List<String>... candidates) {
        for (List<String> candidate : candidates) {
            if (works(candidate)) {
                return candidate;
            }
        }
        return List.of();
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start();
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("command", prefix)
                    .setCause(e)
                    .log("A confinement tool is not here");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
