// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the counters of one part of an instance showed last, on each host where it may still be running. A counter is of one host: while an
 * instance migrates, two hosts may show it in turn, each its own; once it has grown on one, it is gone from the others.
 */
final class CounterStands {
    private static final int MOST_HOSTS = 4;

    /** In the order in which they were last shown. */
    private final LinkedHashMap<String, Stand> stands = new LinkedHashMap<>();

    /** Up to when what was shown on a host was counted, of those that are not remembered and of what was shown before a counter began anew. */
    private final LinkedHashMap<String, Instant> counted = new LinkedHashMap<>();

    /** On a host that is not remembered, nothing up to then is new. */
    private @Nullable Instant measured;

    private record Stand(Instant at, Map<String, Long> shown) {}

    /** How counters grew. */
    sealed interface Growth {
        /**
         * It is from before what is known.
         *
         * @param passed it is of a time of the counter that is over, and not counted: the counter was counted since on another host, or anew
         */
        record Old(boolean passed) implements Growth {}

        /** Nothing was known: whether they began at 0 since is for others to say. */
        record First() implements Growth {}

        /** By so much. */
        record Grown(Map<String, Long> by) implements Growth {}

        /**
         * On another host than before they showed no less than on the one before. By so much, if they are other counters.
         *
         * @param host the one before
         * @param left when they were shown there last
         * @param known how much less they grew if they are the same counters
         */
        record Elsewhere(Map<String, Long> by, String host, Instant left, Map<String, Long> known) implements Growth {}
    }

    /** As {@link #content} wrote it. */
    static CounterStands read(Map<String, @Nullable Object> content) {
        CounterStands read = new CounterStands();
        read.measured = Instant.parse(String.valueOf(content.get("measured")));
        if (content.get("stands") instanceof Map<?, ?> hosts) {
            hosts.forEach((host, stand) -> {
                if (stand instanceof Map<?, ?> map) {
                    Instant at = Instant.parse(String.valueOf(map.get("at")));
                    read.stands.put(String.valueOf(host), new Stand(at, CountedUsage.numbers(map.get("shown"))));
                }
            });
        }
        if (content.get("counted") instanceof Map<?, ?> hosts) {
            hosts.forEach((host, at) -> read.counted.put(String.valueOf(host), Instant.parse(String.valueOf(at))));
        }
        return read;
    }

    /** Plain JSON. */
    Map<String, @Nullable Object> content() {
        Map<String, @Nullable Object> hosts = new LinkedHashMap<>();
        stands.forEach((host, stand) -> hosts.put(host, Map.of("at", stand.at.toString(), "shown", stand.shown)));
        Map<String, @Nullable Object> content = new HashMap<>();
        content.put("measured", String.valueOf(measured));
        content.put("stands", hosts);
        Map<String, Object> left = new LinkedHashMap<>();
        counted.forEach((host, at) -> left.put(host, at.toString()));
        content.put("counted", left);
        return content;
    }

    /** When they were read last; null if never. */
    @Nullable Instant measured() {
        return measured;
    }

    /** Takes what all counters showed at one time. Called in the order of times. */
    Growth show(Instant at, String host, Map<String, Long> shown) {
        Stand before = stands.get(host);
        Instant known = before == null ? measured : before.at;
        if (known != null && !at.isAfter(known)) {
            boolean isCounted = !at.isAfter(counted.getOrDefault(host, Instant.MIN));
            return new Growth.Old(!isCounted && (before == null || isReset(shown, before.shown)));
        }
        boolean first = stands.isEmpty() && measured == null;
        Map<String, Long> by = before == null ? Map.copyOf(shown) : growth(before.shown, shown);
        Growth growth = before == null ? elsewhere(by) : new Growth.Grown(by);
        remember(at, host, before, shown, by);
        return first ? new Growth.First() : growth;
    }

    private Growth elsewhere(Map<String, Long> shown) {
        Map.Entry<String, Stand> last = stands.lastEntry();
        if (last == null || isReset(last.getValue().shown, shown)) {
            return new Growth.Grown(shown);
        }
        Map<String, Long> known = new TreeMap<>(shown);
        growth(last.getValue().shown, shown).forEach((counter, by) -> known.merge(counter, -by, Long::sum));
        return known.values().stream().allMatch(value -> value == 0)
                ? new Growth.Grown(shown)
                : new Growth.Elsewhere(shown, last.getKey(), last.getValue().at, known);
    }

    /** The host has another name since: it shows nothing under this one any more. */
    void forget(String host, Instant left) {
        Stand stand = stands.get(host);
        if (stand != null && stand.at.equals(left) && stands.size() > 1) {
            leave(host);
        }
    }

    private void leave(String host) {
        Stand left = stands.remove(host);
        if (left != null) {
            counted.remove(host);
            counted.put(host, left.at);
            if (counted.size() > MOST_HOSTS) {
                counted.pollFirstEntry();
            }
        }
    }

    /** If one of them shows less than before, all have begun anew. What was not shown before may have been there. */
    private static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> shown) {
        boolean reset = isReset(before, shown);
        Map<String, Long> by = new TreeMap<>();
        shown.forEach((counter, value) -> {
            Long last = before.get(counter);
            by.put(counter, reset ? value : last == null ? 0L : value - last);
        });
        return by;
    }

    private static boolean isReset(Map<String, Long> before, Map<String, Long> shown) {
        return shown.entrySet().stream().anyMatch(one -> one.getValue() < before.getOrDefault(one.getKey(), 0L));
    }

    private void remember(
            Instant at, String host, @Nullable Stand before, Map<String, Long> shown, Map<String, Long> by) {
        Map<String, Long> all = new TreeMap<>();
        if (before != null && isReset(before.shown, shown)) {
            leave(host);
        } else if (before != null) {
            all.putAll(before.shown);
        }
        all.putAll(shown);
        if (before != null && by.values().stream().anyMatch(grown -> grown > 0)) {
            stands.remove(host);
            List.copyOf(stands.keySet()).forEach(this::leave);
        }
        stands.remove(host);
        stands.put(host, new Stand(at, all));
        if (stands.size() > MOST_HOSTS) {
            leave(stands.firstEntry().getKey());
        }
        if (measured == null || at.isAfter(measured)) {
            measured = at;
        }
    }
}
