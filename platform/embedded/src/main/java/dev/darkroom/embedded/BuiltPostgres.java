package dev.darkroom.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/// PostgreSQL's programs from the class path, with pgvector compiled beside them, in a cache folder
/// that all data folders of a user share.
///
/// Headers and source come from Debian's archive. Only a complete build gets its final name, and a
/// lock keeps two processes from building at the same time.
final class BuiltPostgres implements PostgresSource {

    /// The release of Debian that has server headers of our version of PostgreSQL.
    private static final String HEADERS_RELEASE = "trixie";

    /// The release after it, whose newer pgvector compiles against the same headers.
    private static final String SOURCE_RELEASE = "forky";

    private static final String MARKER = "darkroom-complete";

    private final Path cache;
    private final String version;

    BuiltPostgres(Path cacheFolder) {
        this.cache = cacheFolder.toAbsolutePath();
        this.version = binariesVersion();
    }

    @Override
    public String name() {
        return "PostgreSQL from Maven, pgvector built beside it";
    }

    @Override
    public Optional<PostgresBinaries> present(MajorVersion wanted) {
        if (!wanted.accepts(major()) || !Files.exists(home().resolve(MARKER))) {
            return Optional.empty();
        }
        return PostgresBinaries.find(home().resolve("bin"), extensions(home()), name());
    }

    @Override
    public PostgresBinaries obtain(MajorVersion wanted, Consumer<String> progress)
            throws Unobtainable {
        if (!wanted.accepts(major())) {
            throw new Unobtainable("it is version " + version, "");
        }
        if (BuiltPostgres.class.getResource(resource()) == null) {
            throw new Unobtainable("there are no programs for this kind of processor", "");
        }
        String sources = debianSources();
        requireCompiler(progress);
        try {
            Files.createDirectories(cache);
            try (ProcessLock _ = ProcessLock.acquire(cache.resolve("postgres.lock"))) {
                Optional<PostgresBinaries> builtMeanwhile = present(wanted);
                if (builtMeanwhile.isPresent()) {
                    return builtMeanwhile.get();
                }
                build(sources, progress);
            }
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot build PostgreSQL in " + cache, e);
        }
        return present(wanted)
                .orElseThrow(
                        () ->
                                new BackendsUnavailable(
                                        "the build in " + home() + " is not complete"));
    }

    private void build(String sources, Consumer<String> progress) throws IOException {
        // We hold the lock: what is there was left by a build that was killed.
        try (DirectoryStream<Path> stale = Files.newDirectoryStream(cache, ".building-*")) {
            for (Path one : stale) {
                Folders.delete(one);
            }
        }
        Path work = Files.createTempDirectory(cache, ".building-");
        try {
            Path fresh = work.resolve("home");
            progress.accept("Unpacking PostgreSQL " + version);
            try (InputStream programs = BuiltPostgres.class.getResourceAsStream(resource())) {
                Archive.unpack(Objects.requireNonNull(programs), fresh);
            }
            progress.accept("Fetching PostgreSQL's headers and pgvector's source from Debian");
            DebianArchive debian = DebianArchive.open(work.resolve("apt"), sources);
            Path headers = headers(debian, work.resolve("headers"));
            buildNewest(debian, headers, work, fresh, progress);
            Files.writeString(fresh.resolve(MARKER), "PostgreSQL " + version + "\n");
            Folders.delete(home());
            Files.move(fresh, home(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(work);
        }
    }

    /// Tries pgvector's releases from the newest on, since a later one may need a later PostgreSQL.
    private static void buildNewest(
            DebianArchive debian, Path headers, Path work, Path fresh, Consumer<String> progress)
            throws IOException {
        BackendsUnavailable failure = null;
        for (String candidate : debian.versions("pgvector")) {
            progress.accept("Compiling pgvector " + candidate);
            Path source = work.resolve("pgvector-" + candidate);
            try {
                debian.unpackSource("pgvector", candidate, source);
                new PgvectorBuild(onlyFolder(source), headers)
                        .install(fresh.resolve("lib/postgresql"), extensions(fresh));
                new PgvectorTrial(fresh.resolve("bin"), work.resolve("trial-" + candidate)).run();
                return;
            } catch (BackendsUnavailable e) {
                progress.accept("pgvector " + candidate + " cannot be had here: " + lastLine(e));
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure == null ? new BackendsUnavailable("no pgvector to build") : failure;
    }

    private static String lastLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().reduce((_, last) -> last).orElse("");
    }

    /// Headers of exactly our version where the archive has them, else of its newest fix release.
    private Path headers(DebianArchive debian, Path target) {
        String name = "postgresql-server-dev-" + major();
        List<String> versions = debian.versions(name);
        String best =
                versions.stream()
                        .filter(offered -> offered.startsWith(version + "-"))
                        .findFirst()
                        .orElse(versions.getFirst());
        debian.unpackPackage(name, best, target);
        return target.resolve("usr/include/postgresql/" + major() + "/server");
    }

    private static Path onlyFolder(Path parent) throws IOException {
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).findFirst().orElse(parent);
        }
    }

    private static void requireCompiler(Consumer<String> progress) throws Unobtainable {
        if (Command.exists("gcc") && Files.exists(Path.of("/usr/include/stdio.h"))) {
            return;
        }
        if (ServerUser.currentUserId() != 0) {
            throw new Unobtainable(
                    "compiling pgvector needs gcc", "sudo apt-get install gcc libc6-dev");
        }
        progress.accept("Installing gcc with apt-get");
        DistributionPackages.aptInstall("gcc", "libc6-dev");
    }

    private static String debianSources() throws Unobtainable {
        Properties system = new Properties();
        Path release = Path.of("/etc/os-release");
        if (Files.exists(release)) {
            try (var reader = Files.newBufferedReader(release)) {
                system.load(reader);
            } catch (IOException e) {
                throw new BackendsUnavailable("cannot read " + release, e);
            }
        }
        String codename = system.getProperty("VERSION_CODENAME", "").replace("\"", "");
        if (!system.getProperty("ID", "").replace("\"", "").equals("debian")
                || !Command.exists("apt-get")) {
            throw new Unobtainable("building pgvector needs Debian's archive", "");
        }
        String sources =
                AptSources.read(Path.of("/etc/apt"))
                        .forRelease(codename, HEADERS_RELEASE, SOURCE_RELEASE);
        if (sources.isEmpty()) {
            throw new Unobtainable("apt is not set up with an archive of " + codename, "");
        }
        return sources;
    }

    private Path home() {
        return cache.resolve("postgres-" + version);
    }

    private static Path extensions(Path home) {
        return home.resolve("share/postgresql/extension");
    }

    private int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private static String resource() {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return "/postgres-linux-" + (machine.equals("amd64") ? "x86_64" : machine) + ".txz";
    }

    /// The version the class path's programs have, as PostgreSQL writes it: `17.11`.
    private static String binariesVersion() {
        Properties properties = new Properties();
        try (InputStream stream =
                BuiltPostgres.class.getResourceAsStream("postgres-binaries.properties")) {
            properties.load(Objects.requireNonNull(stream, "postgres-binaries"));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read the version of PostgreSQL's programs", e);
        }
        return properties.getProperty("version", "").replaceFirst("^(\\d+\\.\\d+)\\..*$", "$1");
    }
}
