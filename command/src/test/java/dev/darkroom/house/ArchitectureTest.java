package dev.darkroom.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.delivery.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;

/// The shape of the house: who may know whom, and what things are called.
class ArchitectureTest {
    private static final String[] PLATFORM = {
        "dev.darkroom.database..",
        "dev.darkroom.delivery..",
        "dev.darkroom.streams..",
        "dev.darkroom.storage..",
        "dev.darkroom.media..",
        "dev.darkroom.inference..",
        "dev.darkroom.vision..",
        "dev.darkroom.api..",
        "dev.darkroom.embedded.."
    };

    /// Words that say nothing about what stands behind them.
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "common",
                    "util",
                    "utils",
                    "helper",
                    "helpers",
                    "base",
                    "manager",
                    "managers",
                    "impl");

    /// It keeps its connection until somebody closes it; twenty of them are all that a service has.
    @Test
    void noAnswerOfTheDatabaseIsReadAsAStream() {
        noClasses()
                .should()
                .callMethod(JdbcClient.MappedQuerySpec.class, "stream")
                .because("list() and set() give the connection back")
                .check(Sources.CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceKnowsNoOtherService(ServiceModule module) {
        noClasses()
                .that()
                .resideInAPackage(module.packageName() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.packagesOfTheOthers())
                .check(Sources.CLASSES);
    }

    @Test
    void everyServiceOfTheHouseIsNamedHere() {
        Set<String> others =
                Stream.concat(Arrays.stream(PLATFORM), Stream.of("schema..", "command.."))
                        .map(name -> name.replace("dev.darkroom.", "").replace("..", ""))
                        .collect(Collectors.toSet());

        assertThat(Sources.CLASSES.stream().map(type -> type.getPackageName().split("\\.", -1)[2]))
                .allMatch(
                        room ->
                                others.contains(room)
                                        || ServiceModule.of("dev.darkroom." + room + ".X")
                                                .isPresent());
    }

    @Test
    void thePlatformKnowsNoServiceAndNoCommand() {
        noClasses()
                .that()
                .resideInAnyPackage(PLATFORM)
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "belong to a service or to the command",
                                type ->
                                        ServiceModule.of(type.getName()).isPresent()
                                                || type.getName()
                                                        .startsWith("dev.darkroom.command.")))
                .check(Sources.CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void noServiceKnowsTheCommand(ServiceModule module) {
        noClasses()
                .that()
                .resideInAPackage(module.packageName() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.darkroom.command..", "dev.darkroom.embedded..")
                .check(Sources.CLASSES);
    }

    @Test
    void theSchemaNeedsTheJdkTwoAnnotationLibrariesAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.darkroom.schema..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.darkroom.schema..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.annotation..")
                .check(Sources.CLASSES);
    }

    /// Debezium is the oracle of a test and the rival in a bench, and nothing that runs.
    @Test
    void nobodyKnowsDebezium() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.debezium..", "org.apache.kafka.connect..")
                .check(Sources.CLASSES);
    }

    @Test
    void onlyChangeDataCaptureReadsTheLog() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.darkroom.sync.cdc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql.replication..")
                .check(Sources.CLASSES);
    }

    @Test
    void workKnowsNoSpringNoKafkaAndNoHttp() {
        noClasses()
                .that(isWork())
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "belong to Spring (its JDBC client is allowed), Kafka or HTTP",
                                ArchitectureTest::isForbiddenForWork))
                .check(Sources.CLASSES);
    }

    @Test
    void subscriptionsStandInListenersWithNothingElse() {
        methods()
                .that()
                .haveRawReturnType(Subscription.class)
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("dev.darkroom.delivery..")
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Listener")
                .check(Sources.CLASSES);
    }

    @Test
    void jsonIsReadWithJackson3() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(Sources.CLASSES);
    }

    @Test
    void whatAClassNeedsComesThroughItsConstructor() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(Sources.CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Value.class)
                .check(Sources.CLASSES);
    }

    @Test
    void noNameIsEmpty() {
        assertThat(
                        Sources.CLASSES.stream()
                                .filter(type -> words(type).anyMatch(EMPTY_WORDS::contains))
                                .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<JavaPackage> packages =
                Sources.CLASSES.stream().map(JavaClass::getPackage).distinct().toList();

        assertThat(packages).isNotEmpty();
        assertThat(packages)
                .filteredOn(room -> !room.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    /// What delivery runs, and what an HTTP door holds on to. `MultipartReader` is part of its
    /// door: it takes a request apart.
    private static DescribedPredicate<JavaClass> isWork() {
        Set<JavaClass> behindHttp =
                Sources.CLASSES.stream()
                        .filter(type -> type.isAnnotatedWith(RestController.class))
                        .flatMap(door -> door.getFields().stream())
                        .map(JavaField::getRawType)
                        .filter(type -> type.getName().startsWith("dev.darkroom."))
                        .filter(type -> !type.getSimpleName().equals("MultipartReader"))
                        .filter(type -> !type.getSimpleName().endsWith("Properties"))
                        .collect(Collectors.toSet());
        return DescribedPredicate.describe(
                "are work",
                type ->
                        behindHttp.contains(type)
                                || (type.isAssignableTo(Work.class) && !type.isInterface()));
    }

    private static boolean isForbiddenForWork(JavaClass type) {
        String name = type.getName();
        return (name.startsWith("org.springframework.")
                        && !name.startsWith("org.springframework.jdbc."))
                || name.startsWith("org.apache.kafka.")
                || name.startsWith("jakarta.servlet.")
                || name.startsWith("java.net.http.");
    }

    /// The words of a class name and of its package, in small letters.
    private static Stream<String> words(JavaClass type) {
        return Stream.concat(
                        Arrays.stream(type.getPackageName().split("\\.")),
                        Arrays.stream(type.getSimpleName().split("(?<=[a-z0-9])(?=[A-Z])|_")))
                .map(word -> word.toLowerCase(Locale.ROOT));
    }
}
