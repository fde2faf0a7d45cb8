package dev.darkroom.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.EventType;
import dev.darkroom.schema.Lane;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Who writes and who reads which topic, as the compiled classes say it.
///
/// Only what `up` starts counts: a service that stands without its work is no part of the flow yet.
final class FlowFacts {
    /// The way of an event from its writer to its topic.
    enum Way {
        DIRECTLY,
        THROUGH_THE_OUTBOX
    }

    private static final String IMPORT = "`darkroom import`";
    private static final String STARTED = "dev.darkroom.command.up.Service";

    private FlowFacts() {}

    /// The services that `up` starts.
    static List<ServiceModule> services() {
        JavaClass started = Sources.CLASSES.get(STARTED);
        return Arrays.stream(ServiceModule.values())
                .filter(
                        module ->
                                started.getDirectDependenciesFromSelf().stream()
                                        .map(use -> use.getTargetClass().getName())
                                        .anyMatch(
                                                name ->
                                                        ServiceModule.of(name)
                                                                .equals(Optional.of(module))))
                .toList();
    }

    /// Who makes records of this event: those whose classes call its constructor.
    static Map<String, Way> writers(EventType type) {
        Map<String, Way> writers = new TreeMap<>();
        for (JavaClass writer : Sources.CLASSES) {
            boolean writes =
                    writer.getConstructorCallsFromSelf().stream()
                            .anyMatch(
                                    call ->
                                            call.getTargetOwner()
                                                    .isEquivalentTo(type.eventClass()));
            Way way = dependsOn(writer, Outbox.class) ? Way.THROUGH_THE_OUTBOX : Way.DIRECTLY;
            if (writes) {
                participant(writer).ifPresent(name -> writers.put(name, way));
            }
        }
        return writers;
    }

    /// Who reads a topic: services by a subscription, the command by a consumer of its own.
    static Set<String> readers(Topic topic) {
        Set<String> readers = new TreeSet<>();
        for (JavaClass reader : Sources.CLASSES) {
            boolean lane = Arrays.stream(Lane.values()).map(Lane::topic).anyMatch(topic::equals);
            boolean named = names(reader, Topic.class, topic.name());
            boolean subscribes = isListener(reader) && (named || (lane && readsTheLanes(reader)));
            boolean polls = named && dependsOn(reader, KafkaConsumer.class);
            if (subscribes || polls) {
                participant(reader).ifPresent(readers::add);
            }
        }
        return readers;
    }

    /// The services that subscribe to a table's changes.
    static Set<String> readers(Table table) {
        Set<String> readers = new TreeSet<>();
        Sources.CLASSES.stream()
                .filter(FlowFacts::isListener)
                .filter(reader -> names(reader, Table.class, table.name()))
                .flatMap(reader -> participant(reader).stream())
                .forEach(readers::add);
        return readers;
    }

    /// The service that reads PostgreSQL's log.
    static ServiceModule changeDataCapture() {
        return services().stream()
                .filter(
                        module ->
                                Sources.in(module.packageName()).stream()
                                        .flatMap(
                                                type ->
                                                        type
                                                                .getDirectDependenciesFromSelf()
                                                                .stream())
                                        .anyMatch(
                                                use ->
                                                        use.getTargetClass()
                                                                .getPackageName()
                                                                .equals("org.postgresql.replication")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody reads PostgreSQL's log"));
    }

    private static Optional<String> participant(JavaClass type) {
        if (type.getPackageName().startsWith("dev.darkroom.command")) {
            return Optional.of(IMPORT);
        }
        return ServiceModule.of(type.getName())
                .filter(services()::contains)
                .map(ServiceModule::folder);
    }

    private static boolean isListener(JavaClass type) {
        return type.getMethods().stream()
                .anyMatch(method -> method.getRawReturnType().isEquivalentTo(Subscription.class));
    }

    private static boolean readsTheLanes(JavaClass listener) {
        return listener.getMethodCallsFromSelf().stream()
                .anyMatch(
                        call ->
                                call.getTargetOwner().isEquivalentTo(SourceTopic.class)
                                        && call.getName().equals("lanes"));
    }

    /// Whether a class names this topic or table itself, not just to derive its dead-letter topic.
    private static boolean names(JavaClass type, Class<?> constants, String constant) {
        Set<Integer> derivations =
                type.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Topic.class))
                        .filter(call -> call.getName().equals("deadLetterTopic"))
                        .map(JavaMethodCall::getLineNumber)
                        .collect(Collectors.toSet());
        return type.getFieldAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(constants))
                .filter(access -> access.getName().equals(constant))
                .anyMatch(access -> !derivations.contains(access.getLineNumber()));
    }

    private static boolean dependsOn(JavaClass type, Class<?> other) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(use -> use.getTargetClass().isEquivalentTo(other));
    }
}
