// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FieldComparisonTest {
    private static final Period HOUR =
            new Period(Instant.parse("2026-11-28T15:00:00Z"), Instant.parse("2026-11-28T16:00:00Z"));

    @Test
    void whatBothTellAlikeIsClean() {
        FieldComparison comparison = compare(
                Set.of(), exists("audit.c1", "a", Map.of("vcpus", 1L)), exists("compute.c1", "a", Map.of("vcpus", 1L)));

        assertThat(comparison.isClean()).isTrue();
        assertThat(comparison.summary()).containsEntry("instances", 1).containsEntry("fields_same", 4L);
    }

    @Test
    void anInstanceThatOneOfThemLacksIsADifference() {
        FieldComparison ours = compare(Set.of(), exists("audit.c1", "a", Map.of("host", "c1")));
        FieldComparison novas = compare(Set.of(), exists("compute.c1", "b", Map.of()));

        assertThat(ours.onlyOurs()).containsExactly("a");
        assertThat(novas.onlyNovas()).containsExactly("b");
        assertThat(ours.isClean()).isFalse();
        assertThat(novas.isClean()).isFalse();
    }

    @Test
    void anInstanceOnNoHostIsADifferenceUnlessThatIsAllowed() {
        Map<?, ?> shelved = exists("audit", "b", Map.of());
        Map<?, ?> ours = exists("audit.c1", "a", Map.of());
        Map<?, ?> nova = exists("compute.c1", "a", Map.of());

        FieldComparison strict = compare(Set.of(), ours, nova, shelved);

        assertThat(strict.onNoHost()).containsExactly("b");
        assertThat(strict.isClean()).isFalse();
        assertThat(compare(Set.of("no_host"), ours, nova, shelved).isClean()).isTrue();
    }

    @Test
    void theOrderOfKeysSaysNothing() {
        Map<String, Object> turned = new LinkedHashMap<>();
        turned.put("b", 2L);
        turned.put("a", 1L);

        FieldComparison comparison = compare(
                Set.of(),
                exists("audit.c1", "a", Map.of("metadata", new TreeMap<>(turned))),
                exists("compute.c1", "a", Map.of("metadata", turned)));

        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void aFieldThatSaysSomethingElseIsADifferenceUnlessItIsAllowed() {
        List<Map<?, ?>> both =
                List.of(exists("audit.c1", "a", Map.of("node", "")), exists("compute.c1", "a", Map.of("node", "n1")));
        Told told = Told.of(both, HOUR);

        FieldComparison strict = new FieldComparison(told, Set.of());
        FieldComparison lenient = new FieldComparison(told, Set.of("node"));

        assertThat(strict.isClean()).isFalse();
        assertThat(Objects.requireNonNull(strict.rows().get("node")).example())
                .isEqualTo("node of a: ours \"\", Nova's \"n1\"");
        assertThat(lenient.isClean()).isTrue();
        assertThat(lenient.summary()).containsEntry("fields_different_as_allowed", 1L);
    }

    @Test
    void partsOfThePeriodAreLeftOutAndRepeatsAreCounted() {
        Map<?, ?> nova = exists("compute.c1", "a", Map.of());
        Map<?, ?> part = exists("compute.c1", "a", Map.of("audit_period_ending", "2026-11-28 15:12:31.915964"));

        Told told = Told.of(List.of(nova, part, nova), HOUR);

        assertThat(told.novas()).containsOnlyKeys("a");
        assertThat(told.repeated()).isEqualTo(1);
    }

    @Test
    void nothingIsNotClean() {
        assertThat(new FieldComparison(Told.of(List.of(), HOUR), Set.of()).isClean())
                .isFalse();
    }

    private static FieldComparison compare(Set<String> allowed, Map<?, ?>... notifications) {
        return new FieldComparison(Told.of(new ArrayList<>(List.of(notifications)), HOUR), allowed);
    }

    private static Map<?, ?> exists(String publisher, String instance, Map<String, ?> more) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("instance_id", instance);
        payload.put("audit_period_beginning", "2026-11-28 15:00:00");
        payload.put("audit_period_ending", "2026-11-28 16:00:00");
        payload.putAll(more);
        return Map.of("publisher_id", publisher, "payload", payload);
    }
}
