// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.e2e.cloud.LedgerContent.SampleKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Carried A = new Carried("a", "image.create", "INFO", "");
    private static final Carried POLLED = new Carried("p", "telemetry.polling", "SAMPLE", "");
    private static final Carried BROKEN = new Carried(null, Carried.UNREADABLE, "", "00ff");
    private static final SampleKey SAMPLE_OF_A = new SampleKey("a", List.of("image.size", 1L));
    private static final SampleKey POLLED_SAMPLE = new SampleKey("", List.of("cpu", 1L));

    @Test
    void everyFateIsCountedOnce() {
        Comparison comparison = new Comparison(
                List.of(A, POLLED, BROKEN, A), ledger(Map.of("a", 1), Map.of("00ff", "NOT_JSON"), Map.of()));

        assertThat(comparison.isClean()).isTrue();
        assertThat(comparison.summary())
                .containsEntry("carried", 3L)
                .containsEntry("events", 1L)
                .containsEntry("recovered", 1L)
                .containsEntry("sample_only", 1L)
                .containsEntry("repeated", 1L);
    }

    @Test
    void whatIsNowhereIsMissing() {
        Comparison comparison = new Comparison(List.of(A, BROKEN), ledger(Map.of(), Map.of(), Map.of()));

        assertThat(comparison.isClean()).isFalse();
        assertThat(comparison.missingIds()).containsExactly("image.create a", Carried.UNREADABLE + " 00ff");
    }

    @Test
    void twoEventsOfOneNotificationAreDoubled() {
        Comparison comparison = new Comparison(List.of(A), ledger(Map.of("a", 2), Map.of(), Map.of()));

        assertThat(comparison.isClean()).isFalse();
        assertThat(comparison.summary()).containsEntry("doubled", 1L).containsEntry("events", 1L);
    }

    @Test
    void samplesAreHeldAgainstThoseOfAFaultlessRun() {
        Comparison comparison =
                new Comparison(List.of(A, POLLED), ledger(Map.of("a", 1), Map.of(), Map.of(SAMPLE_OF_A, 3)));

        comparison.compareSamples(ledger(Map.of(), Map.of(), Map.of(SAMPLE_OF_A, 1, POLLED_SAMPLE, 1)));

        assertThat(comparison.isClean()).isFalse();
        assertThat(comparison.summary())
                .containsEntry("samples", 3L)
                .containsEntry("samples_doubled", 2L)
                .containsEntry("samples_missing", 1L);
    }

    @Test
    void samplesOfANotificationThatGivesNoneAreDoubled() {
        Comparison comparison = new Comparison(List.of(A), ledger(Map.of("a", 1), Map.of(), Map.of(SAMPLE_OF_A, 1)));

        comparison.compareSamples(ledger(Map.of(), Map.of(), Map.of()));

        assertThat(comparison.summary()).containsEntry("samples_doubled", 1L);
    }

    private static LedgerContent ledger(
            Map<String, Integer> events, Map<String, String> identities, Map<SampleKey, Integer> samples) {
        return new LedgerContent(events, Map.of(), identities, samples);
    }
}
