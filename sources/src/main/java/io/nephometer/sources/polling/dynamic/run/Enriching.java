// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Comparing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks further requests for the metadata of a sample. A sample whose further request fails goes without. For one poll. */
final class Enriching {
    /** So many requests that fail one after the other show that the service is away: the rest is not asked. */
    private static final int MOST_FAILURES = 5;

    private final Inner poll;
    private final Shortage shortage;
    private int failures;

    /** Runs a further request; its readings are told one by one. */
    @FunctionalInterface
    interface Inner {
        DynamicResult poll(DynamicPollsterDefinition definition, Map<String, @Nullable Object> names)
                throws InterruptedException;
    }

    Enriching(Inner poll, Shortage shortage) {
        this.poll = poll;
        this.shortage = shortage;
    }

    /** The metadata that are found for a sample, which has its usual keys, {@code value} and {@code metadata}. */
    Map<String, @Nullable Object> of(DynamicPollsterDefinition definition, Map<String, @Nullable Object> sample)
            throws InterruptedException {
        Map<String, @Nullable Object> captured = new LinkedHashMap<>();
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        for (DynamicPollsterDefinition field : definition.enrichment().fields()) {
            if (field.enrichment().skipped().stream().anyMatch(skip -> holds(sample, skip))) {
                continue;
            }
            if (failures >= MOST_FAILURES) {
                shortage.add(
                        Shortage.METADATA, 1, field.name() + ": not asked, the last " + failures + " requests failed");
                continue;
            }
            Map<String, @Nullable Object> names = new LinkedHashMap<>();
            names.put("sample", sample);
            names.put("extra_metadata_captured", captured);
            names.put("extra_metadata_by_name", byName);
            take(poll.poll(field, names), field, captured, byName);
        }
        return captured;
    }

    private void take(
            DynamicResult result,
            DynamicPollsterDefinition field,
            Map<String, @Nullable Object> captured,
            Map<String, @Nullable Object> byName) {
        failures = result.isUnanswered() ? failures + 1 : 0;
        result.shortfalls().forEach(s -> shortage.add(Shortage.METADATA, 1, field.name() + ": " + s.detail()));
        for (Reading reading : result.readings()) {
            merge(captured, reading.name(), reading.volume());
            reading.metadata().forEach((key, value) -> merge(captured, key, value));
            Map<String, @Nullable Object> found = new LinkedHashMap<>();
            found.put("value", reading.volume());
            found.put("metadata", reading.metadata());
            byName.put(reading.name(), found);
        }
    }

    /** Later values win, but for null. */
    private static void merge(Map<String, @Nullable Object> captured, String key, @Nullable Object value) {
        if (value != null || !captured.containsKey(key)) {
            captured.put(key, value);
        }
    }

    /** Whether {@code sample} has all that {@code part} has, level by level. */
    private static boolean holds(@Nullable Object sample, @Nullable Object part) {
        if (part instanceof Map<?, ?> wanted && sample instanceof Map<?, ?> known) {
            return wanted.entrySet().stream()
                    .allMatch(entry ->
                            known.containsKey(entry.getKey()) && holds(known.get(entry.getKey()), entry.getValue()));
        }
        return Comparing.equal(sample, part, new Budget());
    }
}
