// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.config.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The archive that the build makes, unpacked somewhere and used as an operator would. */
final class ReleaseTest {
    @TempDir
    private static Path scratch;

    private static Path release;

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = only(Path.of("../release/target"), "nephometer-.*\\.tar\\.gz");
        Ran unpacked = run("tar", "-xzf", archive.toAbsolutePath().toString(), "-C", scratch.toString());
        assertThat(unpacked.exitCode()).as(unpacked.output()).isZero();
        release = only(scratch, "nephometer-.*");
    }

    @Test
    void theLauncherSaysTheVersionThatTheFolderBears() throws Exception {
        Ran version = run(launcher(), "--version");

        assertThat(version.exitCode()).as(version.output()).isZero();
        assertThat(version.output()).contains(release.getFileName().toString().substring("nephometer-".length()));
    }

    @Test
    void theLauncherWorksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(scratch.resolve("linked"), release.resolve("bin/nephometer"));

        assertThat(run(link.toString(), "--version").exitCode()).isZero();
    }

    @Test
    void theLauncherPassesTheExitCodeOn() throws Exception {
        assertThat(run(launcher(), "no-such-command").exitCode()).isEqualTo(2);
    }

    /** Sent by habit to have a daemon read its files again, which a running process does by itself. */
    @Test
    void aRunningProcessOutlivesSighup_andEndsInOrderBySigterm() throws Exception {
        Path config = Files.writeString(
                scratch.resolve("hangup.yaml"),
                "telemetry: {enabled: false}\nstore: {url: \"sqlite:" + scratch.resolve("hangup.db") + "\"}\n");
        Process process = new ProcessBuilder(launcher(), "run", "--config", config.toString(), "--role", "collector")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader()) {
            awaitLine(said, "Running as");

            assertThat(signal("HUP", process)).isZero();
            assertThat(signal("TERM", process)).isZero();

            awaitLine(said, "Stopped");
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as("ended by SIGTERM, not by SIGHUP")
                    .isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int signal(String name, Process process) throws IOException, InterruptedException {
        return run("kill", "-" + name, String.valueOf(process.pid())).exitCode();
    }

    /** Reads on until a line holds the text; fails if the output ends before. */
    private static void awaitLine(BufferedReader said, String text) throws IOException {
        List<String> before = new ArrayList<>();
        String line = said.readLine();
        while (line != null && !line.contains(text)) {
            before.add(line);
            line = said.readLine();
        }
        assertThat(line).as("a line with \"%s\" after %s", text, before).isNotNull();
    }

    /** For its licence; who needs it is told how to add it. */
    @Test
    void theDriverOfMariaDbIsNotShipped() throws Exception {
        Ran query = run(launcher(), "query", "events", "--store", "mariadb://me:secret@127.0.0.1:1/x");

        assertThat(query.exitCode()).isNotZero();
        assertThat(query.output())
                .contains("org.mariadb.jdbc:mariadb-java-client")
                .doesNotContain("secret");
    }

    @Test
    void theSampleConfigurationIsRight() throws Exception {
        Ran check = run(
                launcher(),
                "config",
                "check",
                release.resolve("conf/nephometer.yaml").toString());

        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    void aRecordingIsCountedOnceHoweverOftenItIsIngested() throws Exception {
        String store = "sqlite:" + scratch.resolve("ledger.db");
        String recording = Path.of("../testkit/src/main/resources/recorded/exercise-1.jsonl.gz")
                .toRealPath()
                .toString();
        String first = lastLine(run(launcher(), "ingest", "--store", store, "--json", recording));
        String again = lastLine(run(launcher(), "ingest", "--store", store, "--json", recording));

        assertThat(first).contains("\"duplicates\":0,").doesNotContain("\"samples\":0,");
        assertThat(again).contains("\"events\":0,", "\"samples\":0,").doesNotContain("\"duplicates\":0,");
    }

    @Test
    void licencesOfAllLibrariesAreNamed() throws Exception {
        assertThat(release.resolve("LICENSE")).exists();
        assertThat(release.resolve("NOTICE")).exists();
        assertThat(Files.readString(release.resolve("THIRD-PARTY.txt")))
                .contains("com.rabbitmq:amqp-client", "org.xerial:sqlite-jdbc", "ch.qos.logback:logback-classic");
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleHasAUnitOfAnUnprivilegedUser(Role role) throws Exception {
        String name = role.name().toLowerCase(Locale.ROOT);
        String unit = Files.readString(release.resolve("systemd/nephometer-" + name + ".service"));

        assertThat(unit).contains("User=nephometer\n", "ProtectSystem=strict\n", "NoNewPrivileges=yes\n");
        assertThat(unit)
                .contains(
                        "ExecStart=/opt/nephometer/bin/nephometer run --config /etc/nephometer/nephometer.yaml --role "
                                + name + "\n");
    }

    private static String lastLine(Ran ran) {
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        return ran.output().lines().toList().getLast();
    }

    private static String launcher() {
        return release.resolve("bin/nephometer").toString();
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

    /** Runs a command in the scratch folder. */
    private static Ran run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "output", ".txt");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after two minutes: " + List.of(command));
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    private record Ran(int exitCode, String output) {}
}
