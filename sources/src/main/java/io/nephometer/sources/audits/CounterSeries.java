// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Sample;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counters of one part of an instance while a period is counted. Takes samples in the order of their times. For one thread. */
final class CounterSeries {
    private static final String READ = "read";

    private final CounterStands stands;
    private final Map<String, Long> totals;
    private final @Nullable Instant carried;
    private final Instant countedFrom;
    private final Map<String, Long> counted = new TreeMap<>();

    private final Map<String, Long> shown = new TreeMap<>();
    private @Nullable Instant at;
    private String host = "";

    private @Nullable Sample latest;
    private @Nullable First first;
    private final List<Elsewhere> elsewhere = new ArrayList<>();
    private boolean lost;

    /**
     * No less than before was shown on another host. It is counted whole, as a counter of its own.
     *
     * @param from the host before
     * @param left when it was shown there last
     * @param at when it was shown elsewhere
     * @param known how much too much that is if it is the same counter
     */
    record Elsewhere(String instance, String from, Instant left, Instant at, Map<String, Long> known) {}

    /** What was shown where nothing had been known. */
    record First(String instance, String resource, Instant at, String host, Map<String, Long> shown) {}

    /**
     * A series that goes on from a carry.
     *
     * @param carry null if it was never counted
     * @param countedFrom what was shown before is only where counting begins
     */
    CounterSeries(@Nullable UsageCarry carry, Instant countedFrom) {
        this.stands = carry == null ? new CounterStands() : CounterStands.read(carry.content());
        this.totals = carry == null
                ? new TreeMap<>()
                : CountedUsage.numbers(carry.content().get("totals"));
        this.carried = carry == null ? null : carry.until();
        this.countedFrom = countedFrom;
    }

    /** Up to when nothing was lacking in what a carry was made of; empty for one of an earlier version. */
    static Optional<Instant> read(UsageCarry carry) {
        return carry.content().get(READ) instanceof String read ? Optional.of(Instant.parse(read)) : Optional.empty();
    }

    void show(CountedTask.Shown what, Sample sample, Measurements.News news) {
        if (at != null && !(at.equals(sample.timestamp()) && host.equals(what.host()))) {
            settle(what.instance(), news);
        }
        at = sample.timestamp();
        host = what.host();
        shown.put(what.counter(), sample.volume().longValue());
        latest = sample;
    }

    /** Takes what was shown last. */
    void settle(String instance, Measurements.News news) {
        Instant time = at;
        if (time == null || shown.isEmpty()) {
            return;
        }
        boolean counts = !time.isBefore(countedFrom);
        switch (stands.show(time, host, shown)) {
            case CounterStands.Growth.Old(boolean passed) -> lost |= passed && news.has(host, time);
            case CounterStands.Growth.First _ -> {
                zeroes();
                String resource = latest == null ? "" : String.valueOf(latest.resourceId());
                first = counts ? new First(instance, resource, time, host, Map.copyOf(shown)) : null;
            }
            case CounterStands.Growth.Grown(Map<String, Long> by) -> {
                zeroes();
                if (counts) {
                    add(by);
                }
            }
            case CounterStands.Growth.Elsewhere(var by, String from, Instant left, var known) -> {
                zeroes();
                if (counts) {
                    add(by);
                    elsewhere.add(new Elsewhere(instance, from, left, time, known));
                }
            }
        }
        shown.clear();
    }

    private void zeroes() {
        shown.keySet().forEach(counter -> counted.putIfAbsent(counter, 0L));
    }

    private void add(Map<String, Long> by) {
        by.forEach((counter, value) -> counted.merge(counter, value, Long::sum));
    }

    /** What it showed first, where nothing had been known; null if there is no such thing. */
    @Nullable First first() {
        return first;
    }

    /** The counters began at 0 since measuring did: what they showed first is all counted. */
    void begunAtZero() {
        if (first != null) {
            add(first.shown());
            first = null;
        }
    }

    /** Where no less was shown on another host than before. */
    List<Elsewhere> elsewhere() {
        return elsewhere;
    }

    /** Those hosts are the ones before under other names: their counters go on. */
    void goOn(Set<Elsewhere> same) {
        elsewhere.stream().filter(same::contains).forEach(one -> {
            one.known().forEach((counter, value) -> counted.merge(counter, -value, Long::sum));
            stands.forget(one.from(), one.left());
        });
    }

    /** Whether something came too late to be counted. */
    boolean hasLost() {
        return lost;
    }

    /** Whether anything new was shown. */
    boolean isCounted() {
        return !counted.isEmpty();
    }

    /** @param read up to when nothing is lacking in what was read */
    UsageStep step(String subject, int share, CountedTask task, Instant read) {
        counted.forEach((counter, value) -> totals.merge(counter, value, Long::sum));
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("counted", counted);
        row.put("totals", totals);
        row.put("measured", String.valueOf(stands.measured()));
        row.put("about", latest == null ? Map.of() : task.about(latest));
        if (lost) {
            row.put(CountedUsage.LATE, true);
        }
        Map<String, @Nullable Object> carry = stands.content();
        carry.put("totals", totals);
        carry.put(READ, read.toString());
        return new UsageStep(subject, share, carried, row, carry);
    }
}
