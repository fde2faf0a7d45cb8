package dev.darkroom.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// No statement hides from `SqlIT`: SQL stands in `new Sql(…)` and nowhere else.
class SqlSourceTest {
    /// Comments and characters are matched so that a quote in them starts no text.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "//[^\\n]*+|/\\*(?s:.*?)\\*/|'(?:\\\\.|[^'\\\\])++'"
                            + "|\"\"\"(?<block>(?s:.*?))\"\"\"|\"(?<line>(?:\\\\.|[^\"\\\\\\n])*+)\"");

    private static final Pattern STATEMENT =
            Pattern.compile(
                    "\\s*(select|insert|update|delete|copy|with\\s+(recursive\\s+)?\\w+\\s+(\\(.*\\)\\s*)?as)\\s.*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// Files whose statements are no `Sql`, and why.
    private static final Map<String, String> EXCEPTIONS =
            Map.ofEntries(
                    entry(
                            "command/src/main/java/dev/darkroom/command/rebuild/CopyTarget.java",
                            "asks the catalogue of the copy, which no service runs"),
                    entry(
                            "command/src/main/java/dev/darkroom/command/rebuild/Catalogue.java",
                            "asks the catalogue of the copy"),
                    entry(
                            "command/src/main/java/dev/darkroom/command/rebuild/SetAside.java",
                            "asks the catalogue of the copy"),
                    entry(
                            "command/src/main/java/dev/darkroom/command/rebuild/TableCopy.java",
                            "names tables and columns by the catalogue of the copy; RebuildIT runs it"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/search/VectorLibrary.java",
                            "fills a database before it measures, and is no part of the house"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/search/SearchBench.java",
                            "asks what it has filled before it measures"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/InPlaceBench.java",
                            "prepares and counts in its own database"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/RepositoryKeyBench.java",
                            "prepares and counts in its own database"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/streams/BareReading.java",
                            "the floor that the commands are measured against"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/ImportBench.java",
                            "counts rows while it measures, and is no part of the house"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/FolderScanBench.java",
                            "prepares and clears its own database"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/folders/records/CopyText.java",
                            "COPY, which takes no parameters; FolderScanIT runs it"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/ReplicationSlot.java",
                            "asks PostgreSQL's catalogue, on a connection of its own"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/Leadership.java",
                            "an advisory lock, which names no table"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/Heartbeat.java",
                            "on a connection of its own, which ChangeStreamsIT runs"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/row/Catalog.java",
                            "asks PostgreSQL's catalogue, on a connection of its own"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/repair/SlotWatch.java",
                            "asks PostgreSQL's catalogue, on a connection of its own"),
                    entry(
                            "sync-service/src/main/java/dev/darkroom/sync/cdc/repair/TableReader.java",
                            "made of the catalogue's names for any published table, run by ReconcilerIT"),
                    entry(
                            "bench/src/main/java/dev/darkroom/bench/streams/StreamBackends.java",
                            "fills tables while it measures, and is no part of the house"));

    @Test
    void everyStatementIsAnSql() {
        List<String> stray = new ArrayList<>();
        for (Path file : javaFiles()) {
            if (!EXCEPTIONS.containsKey(file.toString())) {
                strayStatements(Sources.read(file))
                        .forEach(text -> stray.add(file + ": " + text.strip()));
            }
        }

        assertThat(stray).as("move these into a static final Sql field").isEmpty();
    }

    @Test
    void everyExceptionIsStillNeeded() {
        Set<String> needed = new HashSet<>();
        for (Path file : javaFiles()) {
            if (!strayStatements(Sources.read(file)).isEmpty()) {
                needed.add(file.toString());
            }
        }

        assertThat(needed).containsAll(EXCEPTIONS.keySet());
    }

    @Test
    void tellsAStatementFromOtherText() {
        assertThat(strayStatements("String s = \"SELECT 1\"; char c = '\"'; // \"select 2\""))
                .containsExactly("SELECT 1");
        assertThat(strayStatements("new Sql(\n \"select 1\"); say(\"updated\", \"without\")"))
                .isEmpty();
        assertThat(strayStatements("x = \"\"\"\n  insert into a\n\"\"\";")).hasSize(1);
        assertThat(strayStatements("say(\"with pgvector\"); run(\"with a as (select 1) table a\")"))
                .containsExactly("with a as (select 1) table a");
    }

    private static List<Path> javaFiles() {
        return Sources.files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> file.toString().contains("src/main/"))
                // These work on the server itself: Bootstrap, Migrations and CaptureSlot before or
                // beside the tables, embedded without any.
                .filter(file -> !file.startsWith("platform/database"))
                .filter(file -> !file.startsWith("platform/embedded"))
                .toList();
    }

    private static List<String> strayStatements(String source) {
        List<String> stray = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String text = token.group("block") != null ? token.group("block") : token.group("line");
            if (text != null
                    && STATEMENT.matcher(text).matches()
                    && !source.substring(0, token.start()).stripTrailing().endsWith("new Sql(")) {
                stray.add(text);
            }
        }
        return stray;
    }
}
