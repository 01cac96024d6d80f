// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void theSampleIsRightAndSpeaksOfTheAgentAlone() throws Exception {
        assertThat(run("config", "sample")).isZero();
        Path sample = Files.writeString(folder.resolve("sample.yaml"), out.toString());

        assertThat(run("config", "check", sample.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\ncompute:", "publish:").doesNotContain("\nstore:", "\ncollector:");
    }

    @Test
    void theFileOfTheWholeCloudIsReadForItsOwnSectionsAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), """
                roles: [collector]
                store: {url: "postgresql://db/nephometer", password: "file:/no/such/file"}
                compute: {host: compute-17}
                """);

        assertThat(run("config", "check", "--effective", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("compute-17").doesNotContain("postgresql");
    }

    @Test
    void anAgentWithoutABrokerDoesNotStart() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), "telemetry: {enabled: false}\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("compute.publish");
    }

    @Test
    void anotherRoleIsWrongUsage() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), "");

        assertThat(run("run", "--config", file.toString(), "--role", "collector"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the role compute alone");
    }

    @Test
    void theCacheOfAnAgentIsAskedForByItsFile() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), "telemetry: {enabled: false}\n");

        assertThat(run("cache", "show", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("telemetry is off");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
