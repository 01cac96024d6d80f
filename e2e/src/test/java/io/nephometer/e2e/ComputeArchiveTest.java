// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.hypervisor.TestDriverFile;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for hypervisors, unpacked and used on a machine where no Java is to be found. */
final class ComputeArchiveTest {
    private static final int INSTANCES = 5;
    private static final List<String> FORBIDDEN =
            List.of("store", "pipeline", "simulator", "postgresql", "sqlite", "flyway", "Hikari", "jdbi", "jline");

    @TempDir
    private static Path scratch;

    private static Path archive;

    @BeforeAll
    static void unpack() throws Exception {
        Path packed = only(Path.of("../agent/target"), "nephometer-compute-.*-linux-.*\\.tar\\.gz");
        Ran unpacked = run("tar", "-xzf", packed.toAbsolutePath().toString(), "-C", scratch.toString());
        assertThat(unpacked.exitCode()).as(unpacked.said()).isZero();
        archive = only(scratch, "nephometer-compute-.*");
    }

    @Test
    void itBringsItsOwnJava() throws Exception {
        assertThat(run(launcher(), "--java-home").said().strip())
                .isEqualTo(archive.resolve("runtime").toRealPath().toString());
    }

    @Test
    void itSaysTheVersionThatTheFolderBears() throws Exception {
        Ran version = run(launcher(), "--version");

        assertThat(version.exitCode()).as(version.said()).isZero();
        assertThat(version.said())
                .contains(archive.getFileName().toString().substring("nephometer-compute-".length()))
                .as("the AOT cache is used without a word")
                .doesNotContainIgnoringCase("aot");
    }

    @Test
    void itHoldsNoLibraryOfOtherMachines() throws Exception {
        try (Stream<Path> jars = Files.list(archive.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> FORBIDDEN.stream().anyMatch(name::contains));
        }
    }

    @Test
    void itsSampleConfigurationIsRight() throws Exception {
        String sample = archive.resolve("conf/nephometer.yaml").toString();
        Ran check = run(launcher(), "config", "check", sample);

        assertThat(check.exitCode()).as(check.said()).isZero();
    }

    @Test
    void licencesAreNamed() {
        assertThat(archive).isDirectoryContaining("glob:**/{LICENSE,NOTICE,THIRD-PARTY.txt}");
        assertThat(archive.resolve("runtime/legal")).isNotEmptyDirectory();
    }

    /** The cache is made for objects with small headers; with large ones it does not fit. */
    @Test
    void withACacheThatDoesNotFitItWorksAndSaysSo() throws Exception {
        Ran version = run(Map.of("NEPHOMETER_JAVA_OPTS", "-XX:-UseCompactObjectHeaders"), launcher(), "--version");

        assertThat(version.exitCode()).as(version.said()).isZero();
        assertThat(version.said()).contains("nephometer ").containsIgnoringCase("aot");
    }

    @Test
    @Tag("server") // libvirt's library, which is the whole of its test driver
    void itMeasuresTheInstancesOfASimulatedCloud() throws Exception {
        SimulatedCloudOptions options =
                SimulatedCloudOptions.of(Clock.systemUTC(), 1, INSTANCES).withRates(LifeRates.none());
        try (SimulatedCloud cloud = new SimulatedCloud(options)) {
            cloud.start();
            Path domains = Files.writeString(
                    scratch.resolve("domains.xml"),
                    TestDriverFile.of(cloud.cloud().servers()));
            String nobody = "amqp://guest:guest@127.0.0.1:" + FreePorts.next() + "/";
            AgentSetup setup = new AgentSetup(scratch, cloud, "test://" + domains, nobody);
            try (AgentProcess agent = AgentProcess.start(setup, bare(List.of(launcher())))) {
                agent.await("two slots wait on disk", () -> agent.metric("nephometer_spool_messages") >= 2);

                assertThat(agent.metric("nephometer_polling_samples_total")).isGreaterThanOrEqualTo(2.0 * INSTANCES);
                assertThat(agent.cache()).extracting("failure").isNull();
                assertThat(cloud.requests().counts()).isNotEmpty();
                agent.stop();
            }
        }
    }

    private static String launcher() {
        return archive.resolve("bin/nephometer").toString();
    }

    /** Without variables, and with the shell's own programs on the path. */
    private static List<String> bare(List<String> command) {
        return Stream.concat(Stream.of("env", "-i", "PATH=/usr/bin:/bin", "JAVA_HOME=/nonexistent"), command.stream())
                .toList();
    }

    private static Ran run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    private static Ran run(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        List<String> whole = Stream.of(
                        List.of("env", "-i", "PATH=/usr/bin:/bin", "JAVA_HOME=/nonexistent"),
                        variables.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList(),
                        List.of(command))
                .flatMap(List::stream)
                .toList();
        Path said = Files.createTempFile(scratch, "said", ".txt");
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after two minutes: " + whole);
        }
        return new Ran(process.exitValue(), Files.readString(said));
    }

    private static Path only(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .toList();
            assertThat(found)
                    .as("files %s in %s (made by the phase package: mvn verify, not mvn test)", name, folder)
                    .hasSize(1);
            return found.getFirst();
        }
    }

    private record Ran(int exitCode, String said) {}
}
