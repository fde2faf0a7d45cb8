package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLadderTest {

    private static final MajorVersion ANY = new MajorVersion(0);

    @TempDir Path system;

    @Test
    void takesWhatIsThereBeforeItFetchesAnything() {
        Rung fetches = new Rung("fetches", null, "16.1", "");
        Rung has = new Rung("has", "17.1", null, "");
        PostgresBinaries found = new PostgresLadder(List.of(fetches, has)).climb(ANY, _ -> {});
        assertThat(found.version()).isEqualTo("17.1");
    }

    @Test
    void fetchesFromTheFirstThatCan() {
        Rung cannot = new Rung("cannot", null, null, "");
        Rung fetches = new Rung("fetches", null, "16.1", "");
        PostgresBinaries found = new PostgresLadder(List.of(cannot, fetches)).climb(ANY, _ -> {});
        assertThat(found.version()).isEqualTo("16.1");
    }

    @Test
    void saysWhyEachPlaceFailedAndWhatToRun() {
        Rung first = new Rung("the first", null, null, "");
        Rung second = new Rung("the second", null, null, "install it");
        Rung third = new Rung("the third", null, null, "or that");
        assertThatThrownBy(
                        () -> new PostgresLadder(List.of(first, second, third)).climb(ANY, _ -> {}))
                .isInstanceOf(BackendsUnavailable.class)
                .hasMessageContainingAll("the first: not here", "the third: not here")
                .hasMessageEndingWith("Run: install it");
    }

    @Test
    void findsTheNewestSystemInstallationThatHasPgvectorAndFitsTheData() throws Exception {
        // given three installations, the newest without pgvector
        install("15.4", true);
        install("16.2", true);
        install("18.0", false);
        SystemPostgres source = new SystemPostgres(system);

        // then the newest usable is taken, or the one that made the data
        assertThat(source.present(ANY)).map(PostgresBinaries::version).contains("16.2");
        assertThat(source.present(ANY)).map(PostgresBinaries::pgvector).contains("0.8.1");
        assertThat(source.present(new MajorVersion(15)))
                .map(PostgresBinaries::version)
                .contains("15.4");
        assertThat(source.present(new MajorVersion(17))).isEmpty();
    }

    @Test
    void choosesTheNewestPackageThatWillDo() {
        String names = "postgresql-14-pgvector - x\npostgresql-16-pgvector - x\n";
        assertThat(DistributionPackages.newest(names, ANY)).hasValue(16);
        assertThat(DistributionPackages.newest(names, new MajorVersion(17))).isEmpty();
        assertThat(DistributionPackages.newest("postgresql-14-pgvector", ANY)).isEmpty();
    }

    @Test
    void asksThePackagesForNoClusterOfTheirOwn() {
        assertThat(DistributionPackages.withoutMainCluster("a = 1\n#create_main_cluster = true\n"))
                .contains("a = 1")
                .contains("\ncreate_main_cluster = false\n")
                .doesNotContain("true");
    }

    private void install(String version, boolean pgvector) throws Exception {
        String major = version.substring(0, 2);
        Path bin = Files.createDirectories(system.resolve("usr/lib/postgresql/" + major + "/bin"));
        for (String program : List.of("postgres", "initdb")) {
            Path file = bin.resolve(program);
            Files.writeString(file, "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        if (pgvector) {
            Path extensions =
                    Files.createDirectories(
                            system.resolve("usr/share/postgresql/" + major + "/extension"));
            Files.writeString(extensions.resolve("vector.control"), "default_version = '0.8.1'\n");
        }
    }

    /// A rung that has a version, can fetch one, or neither.
    private record Rung(String name, @Nullable String has, @Nullable String fetches, String remedy)
            implements PostgresSource {

        @Override
        public Optional<PostgresBinaries> present(MajorVersion wanted) {
            return Optional.ofNullable(has).map(Rung::binaries);
        }

        @Override
        public PostgresBinaries obtain(MajorVersion wanted, Consumer<String> progress)
                throws Unobtainable {
            if (fetches == null) {
                throw new Unobtainable("not here", remedy);
            }
            return binaries(fetches);
        }

        private static PostgresBinaries binaries(String version) {
            return new PostgresBinaries(Path.of("/bin"), version, "0.8.0", "a test");
        }
    }
}
