// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RecordingsTest {
    private static final Map<String, Long> LINES =
            Map.of("00-bootstrap", 279L, "exercise-1", 2_649L, "exercise-3", 1_507L, "mass-boot", 13_424L);

    @Test
    void everyRecordingHasOneGoldenLineForEachMessage() {
        assertThat(Recordings.names()).containsExactlyInAnyOrderElementsOf(LINES.keySet());
        LINES.forEach((name, count) -> {
            assertThat(count(Recordings.notifications(name))).as(name).isEqualTo(count);
            assertThat(count(Recordings.golden(name))).as(name).isEqualTo(count);
        });
    }

    private static long count(Stream<String> lines) {
        try (lines) {
            return lines.filter(line -> line.startsWith("{")).count();
        }
    }
}
