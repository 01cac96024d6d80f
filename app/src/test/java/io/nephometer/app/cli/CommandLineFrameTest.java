// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class CommandLineFrameTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "failing")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).matches("nephometer \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void helpIsPrintedForEachCommand() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Usage: nephometer", "config", "Exit codes");
        assertThat(run("config", "check", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Usage: nephometer config check", "--effective");
    }

    @Test
    void wrongUsageSaysWhatIsWrongAndExitsWithTwo() {
        assertThat(run("confg")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("confg", "Did you mean", "config", "Try 'nephometer --help'.");
        assertThat(run("config", "check")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("FILE", "Try 'nephometer config check --help'.");
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("config")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkListsEveryProblemOfEveryFile(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("one.yaml"), "stores: 1\ncollector: {worker: 1}\n");
        Path two = Files.writeString(directory.resolve("two.yaml"), "telemetry: {port: 70000}\n");
        Path good = Files.writeString(directory.resolve("good.yaml"), "telemetry: {port: 7000}\n");
        assertThat(run("config", "check", one.toString(), good.toString(), two.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .containsExactly(
                        one + ":1: stores: there is no such key; did you mean store?",
                        one + ":2: collector.worker: there is no such key; did you mean workers?",
                        two + ":1: telemetry.port: 70000: expected a whole number, 0 to 65535");
        assertThat(out.toString().lines()).containsExactly(good + ": ok");
    }

    @Test
    void checkPrintsTheValuesInForceWithoutSecrets(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("n.yaml"), "store: {password: hidden}\n");
        assertThat(run("config", "check", "--effective", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("password: \"***\"", file + ":1", "timeout: 500ms")
                .doesNotContain("hidden");
    }

    @Test
    void theSampleIsPrinted() {
        assertThat(run("config", "sample")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("#timeout: 500ms");
    }

    @Test
    void whatTheUserCanChangeIsShownWithoutAStackTrace() {
        assertThat(fail(CommandFailure.failed("the store is gone", null))).isEqualTo(ExitCode.FAILED);
        assertThat(fail(CommandFailure.usage("no such meter", null))).isEqualTo(ExitCode.USAGE);
        assertThat(fail(new NoSuchFileException("/none"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .containsExactly(
                        "nephometer: the store is gone",
                        "nephometer: no such meter",
                        "nephometer: /none: there is no such file");
    }

    @Test
    void aDefectIsShownWhole() {
        assertThat(fail(new IllegalStateException("oops"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("IllegalStateException: oops", "at io.nephometer", "defect of the program");
    }

    private int fail(Exception failure) {
        return CommandLineFrame.of(new Failing(failure), new PrintWriter(out), new PrintWriter(err, true))
                .execute();
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(out);
        int exitCode = Main.run(writer, new PrintWriter(err, true), arguments);
        writer.flush();
        return exitCode;
    }
}
