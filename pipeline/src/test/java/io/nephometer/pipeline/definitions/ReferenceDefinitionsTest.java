// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ceilometer's own default definitions, where somebody has them, give what they give there. They are not part of this project:
 * {@code -Dnephometer.reference.definitions=FOLDER} names a folder with its {@code event_definitions.yaml} and
 * {@code meters.yaml}.
 */
final class ReferenceDefinitionsTest {
    private static final String PROPERTY = "nephometer.reference.definitions";

    @Test
    void ceilometersOwnDefinitionsGiveTheGoldenOutputs() throws Exception {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(
                !folder.isEmpty(), "skipped: -D" + PROPERTY + " names no folder with Ceilometer's default definitions");
        Definitions reference = load(Path.of(folder));
        for (String name : Recordings.names()) {
            compare(reference, name);
        }
        new GoldenComparison(reference, List.of())
                .compare(
                        Composed.notifications().filter(ReferenceDefinitionsTest::isOfDefinitions),
                        Composed.golden().filter(line -> !line.contains("\"name\": \"http.re")))
                .assertSame(Composed.LINES
                        - (int) Composed.golden()
                                .filter(line -> line.contains("\"name\": \"http.re"))
                                .count());
    }

    private static void compare(Definitions reference, String name) throws JsonException {
        int lines;
        try (var golden = Recordings.golden(name)) {
            lines = (int) golden.count();
        }
        assertThat(lines).isPositive();
        new GoldenComparison(reference, List.of())
                .compare(Recordings.notifications(name), Recordings.golden(name))
                .assertSame(lines);
    }

    /** Ceilometer derives http.request and http.response in code, not by definitions. */
    private static boolean isOfDefinitions(String line) {
        return !line.contains("\"event_type\": \"http.re");
    }

    private static Definitions load(Path folder) throws IOException, DefinitionsException {
        Path events = folder.resolve("event_definitions.yaml");
        Path meters = folder.resolve("meters.yaml");
        return Definitions.of(
                new DefinitionText(events.toString(), Files.readString(events)),
                List.of(new DefinitionText(meters.toString(), Files.readString(meters))),
                DefinitionOptions.DEFAULTS);
    }
}
