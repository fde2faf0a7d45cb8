package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.house.FlowFacts.Way;
import dev.darkroom.house.Grants.Grant;
import dev.darkroom.schema.EventType;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/flow.md` says what the code and the migrated database say. `-Dflow.update=true` writes it.
class FlowDocIT {
    private static final Path FILE = Path.of("docs", "flow.md");
    private static final String UPLOADER = "any uploader";

    private static final String HEAD =
            """
            # The flow

            Generated from the compiled services and the migrated database by `FlowDocIT`, which fails when this page is stale.
            Renew it with:

                ./mvnw -Dquick -pl command -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=FlowDocIT -Dfailsafe.failIfNoSpecifiedTests=false -Dflow.update=true

            """;

    @Test
    void thePageSaysWhatTheCodeSays() throws SQLException, IOException {
        String page = page(new Grants(MigratedDatabase.create().asAdmin()));
        if (Boolean.getBoolean("flow.update")) {
            Files.writeString(Sources.ROOT.resolve(FILE), page);
        }

        assertThat(Sources.read(FILE))
                .as("docs/flow.md is stale: renew it with the command at its top")
                .isEqualTo(page);
    }

    private static String page(Grants grants) {
        return HEAD + chart(grants) + events() + changes() + tables(grants);
    }

    private static String events() {
        StringBuilder text =
                new StringBuilder(
                        """
                        ## Events

                        A writer is whoever makes the event's record in its code, a reader whoever subscribes to the topic.

                        | topic | events | written by | read by |
                        |---|---|---|---|
                        """);
        for (Topic topic : Topic.values()) {
            text.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    topic.wireName(),
                                    topic.types().stream()
                                            .map(type -> "`" + type.wireName() + "`")
                                            .collect(Collectors.joining("<br>")),
                                    join(writers(topic)),
                                    join(readers(topic))));
        }
        return text.append(
                        """

                        Each subscription has two topics more: `<topic>.<consumer>.retry` for what it tries again and \
                        `<topic>.<consumer>.dlt` for
                        what it gave up on, which the operator reads.

                        """)
                .toString();
    }

    private static String changes() {
        StringBuilder text =
                new StringBuilder(
                        """
                        ## Changes

                        Written by %s alone, from PostgreSQL's log; analysts read them all.

                        | topic | table | also read by |
                        |---|---|---|
                        """
                                .formatted(FlowFacts.changeDataCapture().folder()));
        for (Table table : Table.values()) {
            text.append(
                    "| `%s` | `%s` | %s |%n"
                            .formatted(
                                    table.changeTopic(),
                                    table.tableName(),
                                    join(FlowFacts.readers(table))));
        }
        return text.append('\n').toString();
    }

    private static String tables(Grants grants) {
        StringBuilder text =
                new StringBuilder(
                        """
                        ## Tables

                        What the grants let each service write. All else fails with "permission denied".

                        | service | role | table | may | rows |
                        |---|---|---|---|---|
                        """);
        for (ServiceModule service : FlowFacts.services()) {
            for (Grant grant : grants.of(service.role())) {
                text.append(
                        "| %s | `%s` | `%s` | %s | %s |%n"
                                .formatted(
                                        service.folder(),
                                        service.role().roleName(),
                                        grant.table(),
                                        grant.privileges(),
                                        grant.limits().isEmpty() ? "all" : grant.limits()));
            }
        }
        return text.toString();
    }

    private static String chart(Grants grants) {
        Set<String> arrows = new TreeSet<>();
        String capture = FlowFacts.changeDataCapture().folder();
        for (Topic topic : Topic.values()) {
            for (EventType type : topic.types()) {
                FlowFacts.writers(type)
                        .forEach(
                                (writer, way) ->
                                        arrows.add(
                                                way == Way.DIRECTLY
                                                        ? arrow(writer, topic.wireName())
                                                        : arrow(capture, topic.wireName())));
            }
            if (topic == Topic.ASSET_SUBMITTED) {
                arrows.add(arrow(UPLOADER, topic.wireName()));
            }
            readers(topic).forEach(reader -> arrows.add(arrow(topic.wireName(), reader)));
        }
        for (ServiceModule service : FlowFacts.services()) {
            String written =
                    grants.of(service.role()).stream()
                            .map(Grant::table)
                            .distinct()
                            .collect(Collectors.joining("<br>"));
            if (!written.isEmpty() && !service.folder().equals(capture)) {
                arrows.add(
                        "    %s -- \"%s\" --> postgres".formatted(id(service.folder()), written));
            }
        }
        arrows.add("    postgres -- write-ahead log --> " + id(capture));
        arrows.add(arrow(capture, "cdc.*"));
        arrows.add(arrow("cdc.*", "analysts"));
        for (Table table : Table.values()) {
            FlowFacts.readers(table).forEach(reader -> arrows.add(arrow("cdc.*", reader)));
        }
        return "```mermaid\nflowchart LR\n"
                + Stream.concat(nodes(), arrows.stream()).collect(Collectors.joining("\n"))
                + "\n```\n\n";
    }

    /// Topics are flags, services are boxes, people are rounded.
    private static Stream<String> nodes() {
        Stream<String> topics =
                Stream.concat(
                                Arrays.stream(Topic.values()).map(Topic::wireName),
                                Stream.of("cdc.*"))
                        .map(name -> "    %s>\"%s\"]".formatted(id(name), name));
        Stream<String> services =
                FlowFacts.services().stream()
                        .map(
                                service ->
                                        "    %s[\"%s\"]"
                                                .formatted(id(service.folder()), service.folder()));
        Stream<String> people =
                Stream.of(UPLOADER, "darkroom import", "analysts", "anyone")
                        .map(name -> "    %s([\"%s\"])".formatted(id(name), name));
        return Stream.of(topics, services, people, Stream.of("    postgres[(\"PostgreSQL\")]"))
                .flatMap(nodes -> nodes);
    }

    private static Collection<String> writers(Topic topic) {
        Set<String> writers = new TreeSet<>();
        for (EventType type : topic.types()) {
            for (Map.Entry<String, Way> writer : FlowFacts.writers(type).entrySet()) {
                writers.add(
                        writer.getValue() == Way.DIRECTLY
                                ? writer.getKey()
                                : writer.getKey() + ", through the outbox");
            }
        }
        if (topic == Topic.ASSET_SUBMITTED) {
            writers.add(UPLOADER);
        }
        return writers;
    }

    /// What became of an asset is for whoever wants to know, and for our own import.
    private static Collection<String> readers(Topic topic) {
        Set<String> readers = new TreeSet<>(FlowFacts.readers(topic));
        if (topic == Topic.ASSET_CHANGED) {
            readers.add("anyone");
        }
        return readers;
    }

    private static String arrow(String from, String to) {
        return "    " + id(from) + " --> " + id(to);
    }

    private static String id(String name) {
        return name.replace("`", "").replace(".*", "").replaceAll("[ -]", "_");
    }

    private static String join(Collection<String> names) {
        return names.isEmpty() ? "" : String.join("<br>", List.copyOf(names));
    }
}
