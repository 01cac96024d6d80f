// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped definitions give what Ceilometer gives, whole, save for the listed differences. */
final class GoldenTest {
    private final Definitions shipped = Definitions.shipped(DefinitionOptions.DEFAULTS);

    @Test
    void theShippedDefinitionsLoadWithoutProblems() {
        assertThat(shipped.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"00-bootstrap, 279", "exercise-1, 2649", "exercise-3, 1507", "mass-boot, 13424"})
    void recordedNotificationsBecomeWhatTheyBecomeInCeilometer(String name, int lines) throws JsonException {
        new GoldenComparison(shipped, List.of())
                .compare(Recordings.notifications(name), Recordings.golden(name))
                .assertSame(lines);
    }

    @Test
    void composedNotificationsBecomeWhatTheyBecomeInCeilometerSaveForTheListedDifferences() throws Exception {
        List<Difference> differences = Difference.all();
        GoldenComparison comparison =
                new GoldenComparison(shipped, differences).compare(Composed.notifications(), Composed.golden());
        comparison.assertSame(Composed.LINES);
        assertThat(comparison.applied())
                .as("a listed difference that never shows is none")
                .isEqualTo(Set.copyOf(differences.stream().map(Difference::name).toList()));
    }

    @Test
    void everyListedDifferenceIsDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "differences.md"));
        assertThat(Difference.all())
                .allSatisfy(difference -> assertThat(page).contains("| `" + difference.name() + "` |"));
    }
}
