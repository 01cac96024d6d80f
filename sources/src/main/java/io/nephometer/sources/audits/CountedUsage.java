// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.UsageCount;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of a part of an instance in a period.
 *
 * @param counted in the period, by counter
 * @param totals since it was counted first, by counter
 * @param measured when its counters were read last
 * @param about see {@link CountedTask#about}
 * @param late whether something came too late to be counted
 */
public record CountedUsage(
        CountedSubject subject,
        Map<String, Long> counted,
        Map<String, Long> totals,
        String measured,
        Map<String, @Nullable Object> about,
        boolean late) {
    static final String LATE = "late";

    public CountedUsage {
        counted = Collections.unmodifiableMap(new TreeMap<>(counted));
        totals = Collections.unmodifiableMap(new TreeMap<>(totals));
        about = Collections.unmodifiableMap(new TreeMap<>(about));
    }

    static CountedUsage of(UsageCount row) {
        Map<String, @Nullable Object> content = row.content();
        return new CountedUsage(
                CountedSubject.of(row.subject()),
                numbers(content.get("counted")),
                numbers(content.get("totals")),
                String.valueOf(content.get("measured")),
                values(content.get("about")),
                Boolean.TRUE.equals(content.get(LATE)));
    }

    /** What was counted, 0 for what is not there. */
    public long counted(String counter) {
        return counted.getOrDefault(counter, 0L);
    }

    /** The same, of all periods until now. */
    public long total(String counter) {
        return totals.getOrDefault(counter, 0L);
    }

    /** A text of {@link #about}. */
    public @Nullable String text(String name) {
        return about.get(name) instanceof String text ? text : null;
    }

    static Map<String, Long> numbers(@Nullable Object content) {
        Map<String, Long> numbers = new TreeMap<>();
        if (content instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof Number number) {
                    numbers.put(String.valueOf(name), number.longValue());
                }
            });
        }
        return numbers;
    }

    private static Map<String, @Nullable Object> values(@Nullable Object content) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        if (content instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return values;
    }
}
