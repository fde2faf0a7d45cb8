package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The distribution's own packages, where it has pgvector; root installs them, anyone else is told
/// the command.
final class DistributionPackages implements PostgresSource {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^postgresql-(\\d+)-pgvector\\b");

    private static final Path CLUSTERS = Path.of("/etc/postgresql-common/createcluster.conf");

    private final SystemPostgres installed;

    DistributionPackages(SystemPostgres installed) {
        this.installed = installed;
    }

    @Override
    public String name() {
        return "the distribution's packages";
    }

    @Override
    public Optional<PostgresBinaries> present(MajorVersion wanted) {
        return Optional.empty();
    }

    @Override
    public PostgresBinaries obtain(MajorVersion wanted, Consumer<String> progress)
            throws Unobtainable {
        if (!Command.exists("apt-get")) {
            throw new Unobtainable("there is no apt-get", "");
        }
        boolean root = ServerUser.currentUserId() == 0;
        if (root && listsAreEmpty()) {
            progress.accept("Reading the distribution's package lists (apt-get update)");
            Command.of("apt-get", "-qq", "update").run();
        }
        String names =
                Command.of("apt-cache", "search", "--names-only", "^postgresql-[0-9]+-pgvector$")
                        .run();
        int major =
                newest(names, wanted)
                        .orElseThrow(
                                () ->
                                        new Unobtainable(
                                                "they have no pgvector for PostgreSQL " + wanted,
                                                ""));
        if (!root) {
            throw new Unobtainable(
                    "installing them needs root",
                    "sudo apt-get install postgresql-" + major + "-pgvector");
        }
        progress.accept("Installing postgresql-" + major + "-pgvector with apt-get");
        install(major);
        return installed
                .present(new MajorVersion(major))
                .orElseThrow(
                        () ->
                                new Unobtainable(
                                        "postgresql-"
                                                + major
                                                + "-pgvector was installed but is not found",
                                        ""));
    }

    /// The newest major version among lines of `apt-cache search` that will do.
    static OptionalInt newest(String packageNames, MajorVersion wanted) {
        return PACKAGE.matcher(packageNames)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(wanted::accepts)
                .max(Comparator.naturalOrder())
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /// Installs without the cluster that the packages would make and start on port 5432.
    private static void install(int major) {
        aptInstall("postgresql-common");
        String before = read(CLUSTERS);
        write(CLUSTERS, withoutMainCluster(before));
        try {
            aptInstall("postgresql-" + major + "-pgvector");
        } finally {
            write(CLUSTERS, before);
        }
    }

    static String withoutMainCluster(String configuration) {
        Matcher setting =
                Pattern.compile("(?m)^#?\\s*create_main_cluster\\s*=.*$").matcher(configuration);
        return setting.replaceAll("") + "\ncreate_main_cluster = false\n";
    }

    static void aptInstall(String... packages) {
        List<String> line =
                new ArrayList<>(
                        List.of("apt-get", "install", "-qq", "-y", "--no-install-recommends"));
        line.addAll(List.of(packages));
        Command.of(line).with("DEBIAN_FRONTEND", "noninteractive").run();
    }

    private static boolean listsAreEmpty() {
        try (var lists = Files.list(Path.of("/var/lib/apt/lists"))) {
            return lists.noneMatch(list -> list.toString().contains("_Packages"));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read apt's package lists", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read " + file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot write " + file, e);
        }
    }
}
