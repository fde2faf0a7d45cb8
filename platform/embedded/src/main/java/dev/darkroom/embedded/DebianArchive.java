package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another release of Debian, read through a private apt state: nothing is installed and the
/// system's own apt is not touched. apt checks the lists' signatures and every download's hash.
final class DebianArchive {

    private final Path folder;
    private final String listErrors;

    private DebianArchive(Path folder, String listErrors) {
        this.folder = folder;
        this.listErrors = listErrors;
    }

    /// Reads the lists that the sources name.
    ///
    /// @param folder an empty folder for the private state
    /// @param sources lines in the format of `sources.list`
    static DebianArchive open(Path folder, String sources) {
        try {
            Files.createDirectories(folder.resolve("state/lists/partial"));
            Files.createDirectories(folder.resolve("cache/archives/partial"));
            Files.createDirectories(folder.resolve("files"));
            Files.createDirectories(folder.resolve("none"));
            Files.writeString(folder.resolve("status"), "");
            Files.writeString(folder.resolve("sources.list"), sources);
            Files.writeString(folder.resolve("apt.conf"), configuration(folder));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot prepare a private apt state in " + folder, e);
        }
        // A mirror may lack one of the suites; what is missing shows when a package is looked for.
        Command.Result update = apt(folder, "apt-get", "-q", "update").tryRun();
        return new DebianArchive(folder, update.exit() == 0 ? "" : Command.tail(update.output()));
    }

    /// The versions of a package or source package that the archive offers, newest first.
    List<String> versions(String name) {
        Pattern line =
                Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s*\\|\\s*(\\S+)\\s*\\|");
        Matcher found = line.matcher(apt(folder, "apt-cache", "madison", name).run());
        List<String> versions = new ArrayList<>();
        while (found.find()) {
            if (!versions.contains(found.group(1))) {
                versions.add(found.group(1));
            }
        }
        if (versions.isEmpty()) {
            throw new BackendsUnavailable(
                    "the package archive offers no "
                            + name
                            + (listErrors.isEmpty()
                                    ? ""
                                    : "; reading its lists said:\n" + listErrors));
        }
        versions.sort((one, other) -> newer(one, other) ? -1 : newer(other, one) ? 1 : 0);
        return versions;
    }

    /// Downloads a package and unpacks its files into a folder.
    void unpackPackage(String name, String version, Path target) {
        Path files = folder.resolve("files");
        apt(folder, "apt-get", "-q", "download", name + "=" + version).in(files).run();
        Command.of("dpkg", "-x", downloaded(name + "_", ".deb").toString(), target.toString())
                .run();
    }

    /// Downloads a source package and unpacks what its authors released into a folder.
    void unpackSource(String name, String version, Path target) {
        Path files = folder.resolve("files");
        apt(folder, "apt-get", "-q", "source", "--download-only", name + "=" + version)
                .in(files)
                .run();
        String upstream = version.replaceFirst("-[^-]*$", "").replaceFirst("^\\d+:", "");
        try (var stream =
                Files.newInputStream(downloaded(name + "_" + upstream + ".orig.tar", ""))) {
            Archive.unpack(stream, target);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read the source of " + name, e);
        }
    }

    private Path downloaded(String start, String end) {
        try (var files = Files.list(folder.resolve("files"))) {
            return files.filter(file -> named(file, start, end))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new BackendsUnavailable(
                                            "apt downloaded no " + start + "*" + end));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot list downloads in " + folder, e);
        }
    }

    private static boolean named(Path file, String start, String end) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(start) && name.endsWith(end) && !name.endsWith(".asc");
    }

    private static boolean newer(String one, String other) {
        return Command.of("dpkg", "--compare-versions", one, "gt", other).tryRun().exit() == 0;
    }

    private static String configuration(Path folder) {
        return """
                Dir::State "%1$s/state";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache";
                Dir::Etc::sourcelist "%1$s/sources.list";
                Dir::Etc::sourceparts "%1$s/none";
                Dir::Etc::preferences "%1$s/none";
                Dir::Etc::preferencesparts "%1$s/none";
                Acquire::Languages "none";
                APT::Sandbox::User "root";
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                """
                .formatted(folder);
    }

    private static Command apt(Path folder, String program, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(program, "-c", folder.resolve("apt.conf").toString()));
        line.addAll(List.of(arguments));
        return Command.of(line).in(folder);
    }
}
