// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.store.ledger.SlotRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long slots take, on average over a window.
 *
 * @param busy during which at least one unit was measured or committed; units are spread over a part of the slot on purpose
 * @param measuring the sum over all units, from the beginning of its measuring to its commit
 */
record Pace(Duration busy, Duration measuring) {
    private record Span(Instant from, Instant to) {}

    static Pace of(Books books, Books.Window window) {
        Map<Instant, List<Span>> bySlot = new HashMap<>();
        for (SlotRecord record : books.slots(window)) {
            Instant from = record.measured();
            Instant to = record.lastCommitted();
            if (from != null && to != null) {
                bySlot.computeIfAbsent(record.slot().start(), _ -> new ArrayList<>())
                        .add(new Span(from, to));
            }
        }
        Duration busy = Duration.ZERO;
        Duration measuring = Duration.ZERO;
        for (List<Span> spans : bySlot.values()) {
            busy = busy.plus(union(spans));
            for (Span span : spans) {
                measuring = measuring.plus(Duration.between(span.from(), span.to()));
            }
        }
        int slots = Math.max(1, bySlot.size());
        return new Pace(busy.dividedBy(slots), measuring.dividedBy(slots));
    }

    private static Duration union(List<Span> spans) {
        List<Span> sorted =
                spans.stream().sorted(Comparator.comparing(Span::from)).toList();
        Duration all = Duration.ZERO;
        Instant reached = Instant.MIN;
        for (Span span : sorted) {
            Instant from = span.from().isAfter(reached) ? span.from() : reached;
            if (span.to().isAfter(from)) {
                all = all.plus(Duration.between(from, span.to()));
                reached = span.to();
            }
        }
        return all;
    }
}
