// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
    private static final String GOOD_METER =
            "metric:\n- {name: m, type: gauge, unit: B, volume: 1, event_type: a, resource_id: payload.id}\n";

    @TempDir
    private Path directory;

    @Test
    void allProblemsOfAllFiles_areReportedTogether_withFileLineKeyAndValue() throws Exception {
        Path events = write("event_definitions.yaml", """
                - event_type: a.*
                  traits:
                    good: payload.x
                    bad: payload.
                    worse: {fields: payload.x, type: string}
                - traits: {}
                """);
        Path meters = write("meters.d/one.yaml", """
                metric:
                  - name: m
                    type: guage
                    unit: "%"
                    volume: 1
                    event_type: "*.event"
                    resource_id: payload.id
                """);

        DefinitionsException thrown = catchThrowableOfType(
                DefinitionsException.class, () -> Definitions.load(directory, DefinitionOptions.DEFAULTS));

        assertThat(thrown.problems())
                .extracting(problem -> problem.file() + ":" + problem.line() + " " + problem.key() + " = "
                        + problem.value() + " " + problem.severity())
                .containsExactly(
                        events + ":4 [1].traits.bad = payload. ERROR",
                        events + ":5 [1].traits.worse.type = string ERROR",
                        events + ":6 [2] = null ERROR",
                        meters + ":6 metric[1].event_type = *.event ERROR",
                        meters + ":3 metric[1].type = guage SKIPPED",
                        meters + ":4 metric[1].unit = % SKIPPED");
        assertThat(thrown).hasMessageContaining(events + ":4: [1].traits.bad: ");
        assertThat(thrown).hasMessageContaining("(value: \"payload.\")");
    }

    @Test
    void aFaultyMeterAlone_isLeftOut_unlessFaultlessDefinitionsAreAskedFor() throws Exception {
        write("meters.d/one.yaml", GOOD_METER + "- {name: n, type: gauge, event_type: a}\n");

        Definitions loaded = Definitions.load(directory, DefinitionOptions.DEFAULTS);

        assertThat(loaded.meters().definitionsFor("a")).isEqualTo(1);
        assertThat(loaded.problems()).extracting(DefinitionProblem::severity).containsExactly(Severity.SKIPPED);
        assertThat(loaded.problems())
                .extracting(DefinitionProblem::message)
                .containsExactly("required and missing, or empty: unit, volume, resource_id");
        assertThat(catchThrowableOfType(
                                DefinitionsException.class,
                                () -> Definitions.loadFaultless(directory, DefinitionOptions.DEFAULTS))
                        .problems())
                .isEqualTo(loaded.problems());
    }

    @Test
    void ofTwoMetersWithOneName_theEarlierFileCounts_withAWarning() throws Exception {
        write("meters.d/a.yaml", GOOD_METER);
        Path later = write("meters.d/b.yaml", GOOD_METER.replace("event_type: a", "event_type: b"));

        Definitions loaded = Definitions.loadFaultless(directory, DefinitionOptions.DEFAULTS);

        assertThat(loaded.meters().definitionsFor("a")).isEqualTo(1);
        assertThat(loaded.meters().definitionsFor("b")).isZero();
        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.file()).isEqualTo(later.toString());
            assertThat(problem.line()).isEqualTo(2);
        });
    }

    @Test
    void whatADirectoryLacks_isEmpty() throws Exception {
        write("meters.d/one.yaml", GOOD_METER);
        write("meters.d/.hidden.yaml", "broken: [");
        write("meters.d/README", "no definitions");

        Definitions loaded = Definitions.load(directory, DefinitionOptions.DEFAULTS);

        assertThat(loaded.events().definitionOf("any")).isPresent();
        assertThat(loaded.events().definitionOf("any").orElseThrow().isCatchAll())
                .isTrue();
        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void aDirectoryWithoutDefinitions_isAnError() {
        assertThat(problemsOf(directory)).containsExactly("holds no event_definitions.yaml or meters.d/");
        assertThat(problemsOf(directory.resolve("nowhere")))
                .containsExactly("is no directory with event_definitions.yaml or meters.d/");
    }

    @Test
    void aFileThatIsNotUtf8_isAnError() throws Exception {
        Files.write(directory.resolve("event_definitions.yaml"), "- \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problemsOf(directory)).containsExactly("is not UTF-8");
    }

    @Test
    void theShippedDefinitions_haveNoProblems() {
        assertThat(Definitions.shipped(DefinitionOptions.DEFAULTS).problems()).isEmpty();
    }

    private static List<String> problemsOf(Path directory) {
        return catchThrowableOfType(
                        DefinitionsException.class, () -> Definitions.load(directory, DefinitionOptions.DEFAULTS))
                .problems()
                .stream()
                .map(DefinitionProblem::message)
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
