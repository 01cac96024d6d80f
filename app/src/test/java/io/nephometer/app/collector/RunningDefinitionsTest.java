// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningDefinitionsTest {
    @TempDir
    private Path folder;

    private Path base = Path.of("");
    private Path additions = Path.of("");
    private long written;

    @BeforeEach
    void write() throws IOException {
        base = folder.resolve("base");
        additions = folder.resolve("additions");
        meter(base, "one", "a");
        meter(additions, "two", "b");
    }

    /** Each writing has a time of its own, however fast it follows the one before. */
    private void meter(Path directory, String name, String eventType) throws IOException {
        Files.createDirectories(directory.resolve("meters.d"));
        Path file = Files.writeString(
                directory.resolve("meters.d").resolve(name + ".yaml"),
                "metric:\n- {name: " + name + ", event_type: " + eventType
                        + ", type: gauge, unit: x, volume: 1, resource_id: $.payload.id}\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + ++written)));
    }

    private RunningDefinitions load() throws DefinitionsException {
        return RunningDefinitions.load(base, additions, DefinitionOptions.DEFAULTS);
    }

    @Test
    void aChangeInEitherFolder_isInForceAfterTheNextLook() throws Exception {
        RunningDefinitions running = load();
        Definitions first = running.get();
        running.refresh();
        assertThat(running.get()).as("nothing changed").isSameAs(first);

        meter(additions, "two", "c");
        assertThat(running.get().meters().definitionsFor("c")).isZero();
        running.refresh();
        assertThat(running.get().meters().definitionsFor("c")).isEqualTo(1);

        meter(base, "one", "d");
        running.refresh();
        assertThat(running.get().meters().definitionsFor("d")).isEqualTo(1);
        assertThat(running.get().meters().definitionsFor("a")).isZero();
        assertThat(running.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void faultyFiles_areRefused_andTheOldDefinitionsStay() throws Exception {
        RunningDefinitions running = load();
        Definitions first = running.get();
        meter(additions, "two", "[");
        running.refresh();
        assertThat(running.get()).isSameAs(first);
        assertThat(running.health())
                .isInstanceOfSatisfying(Health.Degraded.class, health -> assertThat(health.toString())
                        .contains("two.yaml:2"));

        meter(additions, "two", "e");
        running.refresh();
        assertThat(running.get().meters().definitionsFor("e")).isEqualTo(1);
        assertThat(running.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void additionsAlone_areLaidOverTheShippedDefinitions() throws Exception {
        RunningDefinitions running = RunningDefinitions.load(null, additions, DefinitionOptions.DEFAULTS);
        assertThat(running.get().meters().definitionsFor("b")).isEqualTo(1);
        assertThat(running.get().meters().definitionsFor("compute.instance.create.end"))
                .isPositive();
    }

    @Test
    void faultyFilesAtTheStart_areNotLoaded() throws Exception {
        meter(additions, "two", "[");
        assertThatThrownBy(this::load).isInstanceOf(DefinitionsException.class);
    }
}
