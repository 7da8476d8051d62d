package io.leasehold.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house that poms alone cannot hold. */
class WallsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.leasehold");

    private static final String[] KAFKA = {"org.apache.kafka..", "kafka.."};
    private static final String[] ZOOKEEPER = {"org.apache.curator..", "org.apache.zookeeper.."};

    @TestFactory
    Stream<DynamicTest> walls() {
        return Stream.of(
                        classes()
                                .that()
                                .resideInAPackage("io.leasehold.core..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage("io.leasehold.core..", "java..")
                                .as("the core knows the JDK alone"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.leasehold.core..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.time..", "java.util.concurrent..", "java.net..", "java.nio.file..")
                                .orShould()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("java.util.Random")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(System.class, "nanoTime")
                                .orShould()
                                .callMethod(Math.class, "random")
                                .as("the core knows no clock, no chance, no thread and no outside"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.leasehold.core.state..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.leasehold.core.decide..")
                                .as("the fold knows no policy"),
                        classes()
                                .that()
                                .resideInAPackage("io.leasehold.verify..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "io.leasehold.core.event..",
                                        "io.leasehold.core.wire..",
                                        "io.leasehold.core.task..",
                                        "io.leasehold.verify..",
                                        "java..")
                                .as("who verifies shares the record format with the core, and nothing else"),
                        classes()
                                .that()
                                .resideInAPackage("io.leasehold.coordinator..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "io.leasehold.core..",
                                        "io.leasehold.coordinator..",
                                        "java..",
                                        "javax.crypto..",
                                        "org.slf4j..",
                                        "io.micrometer..")
                                .as("the shards know neither Kafka nor ZooKeeper nor HTTP"),
                        only("Kafka has one door", KAFKA)
                                .resideInAnyPackage(
                                        "io.leasehold.log..",
                                        "io.leasehold.producer..",
                                        "io.leasehold.embedded..",
                                        "io.leasehold.server.config..",
                                        "io.leasehold.cli.."),
                        only("ZooKeeper has one door", ZOOKEEPER)
                                .resideInAnyPackage(
                                        "io.leasehold.cluster..",
                                        "io.leasehold.client.zookeeper..",
                                        "io.leasehold.embedded.."),
                        only("HTTP has one door on each side", "io.vertx..")
                                .resideInAnyPackage("io.leasehold.server..", "io.leasehold.client.."),
                        noClasses()
                                .that()
                                .resideInAPackage("io.leasehold.api..")
                                .should()
                                .dependOnClassesThat(resideInAPackage("io.leasehold..")
                                        .and(not(resideInAPackage("io.leasehold.api.."))))
                                .as("the words on the wire know nobody"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.leasehold.log..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.leasehold.cluster..", "io.leasehold.api..")
                                .as("the log knows neither the cluster nor the wire"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("io.leasehold.server..")
                                .and()
                                .resideOutsideOfPackage("io.leasehold.cli..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.leasehold.server..")
                                .as("nothing below the server sees it, its configuration least of all"),
                        noClasses()
                                .that()
                                .resideInAnyPackage("io.leasehold.server.http..", "io.leasehold.server.forward..")
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "io.leasehold.log..", "io.leasehold.cluster..", "io.leasehold.server.config.."))
                                .as("the edge knows no adapter and no configuration"))
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(HOUSE)));
    }

    @Test
    void wallsSeeTheWholeHouse() {
        for (String room :
                new String[] {"api", "client", "cluster", "coordinator", "core", "embedded", "log", "server", "verify"
                }) {
            assertThat(HOUSE.containPackage("io.leasehold." + room)).as(room).isTrue();
        }
    }

    private static Only only(String description, String... packages) {
        return homes -> noClasses()
                .that(resideInAPackage("io.leasehold..").and(not(resideInAnyPackage(homes))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .as(description);
    }

    private interface Only {
        ArchRule resideInAnyPackage(String... homes);
    }
}
