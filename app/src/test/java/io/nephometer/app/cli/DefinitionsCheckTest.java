// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static io.nephometer.app.cli.CapturedMessage.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions as commands take them: a folder, one with additions, and what a configuration names. */
class DefinitionsCheckTest {
    private static final String ADDED = """
            metric:
              - name: added
                event_type: compute.instance.create.end
                type: gauge
                unit: x
                volume: 7
                resource_id: $.payload.instance_id
            """;

    @TempDir
    private Path folder;

    private Path additions = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void write() throws IOException {
        additions = folder.resolve("additions");
        Files.createDirectories(additions.resolve("meters.d"));
        config =
                Files.writeString(folder.resolve("nephometer.yaml"), "definitions: {additions: '" + additions + "'}\n");
    }

    private Path added(String text) throws IOException {
        return Files.writeString(additions.resolve("meters.d/added.yaml"), text);
    }

    private Path message() throws IOException {
        return Files.write(folder.resolve("message.jsonl"), List.of(Json.write(created("m-1", "i-1"))));
    }

    @Test
    void additions_areLaidOverTheShippedDefinitions() throws IOException {
        added(ADDED);
        assertThat(CommandRun.of(
                                "definitions",
                                "test",
                                "--additions",
                                additions.toString(),
                                message().toString())
                        .done()
                        .out())
                .contains("sample added = 7 x", "sample vcpus = 2 vcpu");
    }

    @Test
    void configCheck_alsoChecksTheDefinitionsThatTheFileNames() throws IOException {
        added(ADDED);
        CommandRun.of("config", "check", config.toString()).done();

        Path faulty = added(ADDED.replace("    type: gauge\n", ""));
        CommandRun check = CommandRun.of("config", "check", config.toString()).exits(ExitCode.USAGE);
        assertThat(check.out()).doesNotContain(": ok");
        assertThat(check.err()).contains(faulty + ":2: metric[1]: required and missing, or empty: type");

        Files.delete(faulty);
        Files.delete(additions.resolve("meters.d"));
        assertThat(CommandRun.of("config", "check", config.toString())
                        .exits(ExitCode.USAGE)
                        .err())
                .contains(additions + ": holds no event_definitions.yaml or meters.d/");
    }

    @Test
    void configCheck_toldABadStoreAddress_saysWhatIsWrongWithoutThePassword() throws IOException {
        Files.writeString(config, "store:\n  url: 'postgresql://me:secret@host'\n");
        assertThat(CommandRun.of("config", "check", config.toString())
                        .exits(ExitCode.USAGE)
                        .err())
                .contains(config + ":2: store.url: ", "no database name in it")
                .doesNotContain("secret");
    }

    @Test
    void aRetry_goesTheWayOfTheCollectorsConfiguration() throws Exception {
        String store = "sqlite:" + folder.resolve("ledger.db");
        Path bad = Files.write(
                folder.resolve("bad.jsonl"),
                List.of(CapturedMessage.line(CapturedMessage.with(created("m-1", "i-1"), "timestamp", "x"))));
        Path body = Files.writeString(folder.resolve("body.json"), Json.write(created("m-1", "i-1")));
        CommandRun.of("ingest", "--store", store, bad.toString()).done();
        String id = String.valueOf(CommandRun.of("recovery", "list", "--entries", "--store", store, "--format", "jsonl")
                .objects()
                .getFirst()
                .get("id"));
        added(ADDED);

        assertThat(CommandRun.of(
                                "recovery",
                                "edit",
                                "--store",
                                store,
                                "--config",
                                config.toString(),
                                "--body-file",
                                body.toString(),
                                id)
                        .done()
                        .out())
                .contains("sample added = 7 x");
        assertThat(CommandRun.of("recovery", "retry", "--store", store, "--config", config.toString(), id)
                        .done()
                        .out())
                .contains("event and 6 samples");
        assertThat(CommandRun.of(
                                "recovery",
                                "retry",
                                "--store",
                                store,
                                "--config",
                                config.toString(),
                                "--additions",
                                additions.toString(),
                                id)
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("--config says which definitions count");
    }
}
