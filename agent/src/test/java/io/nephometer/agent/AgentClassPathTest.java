// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Maven gives to the agent, which is what its manifest and its archive hold. Whether the agent runs with it alone is
 * tried in e2e, on the unpacked archive.
 */
final class AgentClassPathTest {
    /** Beginnings of names of jars that belong to other machines. */
    private static final List<String> FORBIDDEN = List.of(
            "nephometer-coordination",
            "nephometer-store",
            "nephometer-pipeline",
            "postgresql",
            "sqlite",
            "flyway",
            "HikariCP",
            "jdbi",
            "mariadb",
            "jline",
            "progressbar",
            "jetcd",
            "netty",
            "grpc",
            "vertx",
            "protobuf",
            "guava");

    /** On 500 hypervisors every library counts; a new one is a decision, not an accident. */
    private static final long MOST_BYTES = 12L << 20;

    @Test
    void noLibraryOfALedgerIsThere() {
        assertThat(names()).noneMatch(AgentClassPathTest::isForbidden);
    }

    @Test
    void whatTheRoleComputeNeedsIsThere() {
        assertThat(names())
                .anyMatch(name -> name.startsWith("amqp-client"))
                .anyMatch(name -> name.startsWith("logback-classic"))
                .anyMatch(name -> name.startsWith("picocli"));
    }

    @Test
    void aForbiddenNameIsSeen() {
        assertThat(isForbidden("sqlite-jdbc-3.54.1.0.jar")).isTrue();
        assertThat(isForbidden("snakeyaml-2.7.jar")).isFalse();
    }

    @Test
    void itIsSmall() throws IOException {
        long bytes = 0;
        for (Path jar : jars().toList()) {
            bytes += Files.size(jar);
        }
        assertThat(bytes).isBetween(1L, MOST_BYTES);
    }

    private static boolean isForbidden(String name) {
        return FORBIDDEN.stream().anyMatch(name::startsWith);
    }

    private static List<String> names() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> {
                    Path path = Path.of(entry);
                    // A module of the same build is a folder: store/target/classes.
                    return path.endsWith("target/classes")
                            ? "nephometer-" + path.resolve("../..").normalize().getFileName()
                            : String.valueOf(path.getFileName());
                })
                .toList();
    }

    private static Stream<Path> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(path -> !isOfTests(path.getFileName().toString()));
    }

    private static boolean isOfTests(String name) {
        return Stream.of(
                        "junit", "assertj", "byte-buddy", "opentest4j", "apiguardian", "surefire", "nephometer-testkit")
                .anyMatch(name::startsWith);
    }
}
