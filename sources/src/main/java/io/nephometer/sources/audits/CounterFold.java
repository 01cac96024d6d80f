// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts a period of all subjects of a task, out of the samples that are handed to it. For one thread. */
final class CounterFold implements Measurements.Taker {
    private final CountedTask task;
    private final Period period;
    private final Map<String, UsageCarry> carries;
    private final Instant countedFrom;
    private final Map<String, CounterSeries> series = new TreeMap<>();
    private final Map<String, Instant> firstOfHost = new HashMap<>();
    private final Map<String, Instant> lastOfHost = new HashMap<>();
    private final Map<Place, Instant> firstOfInstance = new HashMap<>();
    private final Set<String> sources = new HashSet<>();

    /** Resources of which it was not told what they are. */
    private final Set<String> nameless = new HashSet<>();

    private Measurements.News news = Measurements.News.NONE;

    private record Place(String instance, String host) {}

    CounterFold(CountedTask task, Period period, Map<String, UsageCarry> carries) {
        this.task = task;
        this.period = period;
        this.carries = carries;
        this.countedFrom = countedFrom(period, carries);
    }

    /** In which share a subject of this instance is, on whatever host it is. */
    static int share(String instance) {
        return HostShare.of(instance);
    }

    @Override
    public void expect(Measurements.News expected) {
        news = expected;
    }

    @Override
    public void accept(Sample sample) {
        CountedTask.Shown shown = task.shown(sample);
        if (shown == null) {
            return;
        }
        if (sample.origin() instanceof Sample.Origin.Slotted(var slot)) {
            sources.add(slot.source());
        }
        firstOfHost.putIfAbsent(shown.host(), sample.timestamp());
        lastOfHost.put(shown.host(), sample.timestamp());
        firstOfInstance.putIfAbsent(new Place(shown.instance(), shown.host()), sample.timestamp());
        if (shown.part().isEmpty()) {
            nameless.add(String.valueOf(sample.resourceId()));
            return;
        }
        String subject = shown.subject().text();
        UsageCarry carry = carries.get(subject);
        if (carry == null || carry.until().isBefore(period.end())) {
            series.computeIfAbsent(subject, _ -> new CounterSeries(carry, countedFrom))
                    .show(shown, sample, news);
        }
    }

    /** What came too late for the period before is counted now; but where none was counted before, nothing of what is older is. */
    private static Instant countedFrom(Period period, Map<String, UsageCarry> carries) {
        return carries.values().stream().anyMatch(carry -> !carry.until().isAfter(period.begin()))
                ? Instant.MIN
                : period.begin();
    }

    /** The polling sources that the samples are of. */
    Set<String> sources() {
        return sources;
    }

    /** Ends the reading. Those that showed something where nothing was known, and of which it has to be asked when they were started. */
    List<CounterSeries.First> settle() {
        List<CounterSeries.First> unknown = new ArrayList<>();
        series.forEach((subject, one) -> {
            one.settle(CountedSubject.of(subject).instance(), news);
            CounterSeries.First first = one.first();
            if (first != null && wasPlugged(first)) {
                one.begunAtZero();
            } else if (first != null && isMeasuredBefore(first.host(), first.at())) {
                unknown.add(first);
            }
        });
        return unknown;
    }

    /** After the reading: what showed no less on another host than on one that nobody measured since. Of a host that goes on it has moved away. */
    Set<CounterSeries.Elsewhere> elsewhere() {
        Set<CounterSeries.Elsewhere> found = new LinkedHashSet<>();
        for (CounterSeries one : series.values()) {
            one.elsewhere().stream()
                    .filter(seen ->
                            lastOfHost.getOrDefault(seen.from(), Instant.MIN).isBefore(seen.at()))
                    .forEach(found::add);
        }
        return found;
    }

    /** Those of them are not elsewhere: only the host is called otherwise. */
    void goOn(Set<CounterSeries.Elsewhere> same) {
        series.values().forEach(one -> one.goOn(same));
    }

    /** Whoever was there when the host was measured first may have been for long. */
    private boolean isMeasuredBefore(String host, Instant at) {
        Instant earliest = firstOfHost.get(host);
        return earliest != null && earliest.isBefore(at);
    }

    /** The instance was measured there before, without this part of it. */
    private boolean wasPlugged(CounterSeries.First first) {
        Instant earlier = firstOfInstance.get(new Place(first.instance(), first.host()));
        return earlier != null && earlier.isBefore(first.at()) && !nameless.contains(first.resource());
    }

    /**
     * These instances were started when that was known: if their host was measured by then, their counters began at 0 under our eyes.
     *
     * @return how many series began unseen: they are counted from what they showed first
     */
    int launched(Map<String, Instant> launched) {
        int unseen = 0;
        for (CounterSeries one : series.values()) {
            CounterSeries.First first = one.first();
            if (first != null) {
                Instant start = launched.get(first.instance());
                Instant measured = firstOfHost.get(first.host());
                if (start != null && measured != null && !start.isBefore(measured)) {
                    one.begunAtZero();
                } else {
                    unseen++;
                }
            }
        }
        return unseen;
    }

    /** Instances of which something came so late that it cannot be counted any more; ordered. */
    List<String> lost() {
        return series.entrySet().stream()
                .filter(one -> one.getValue().hasLost())
                .map(one -> CountedSubject.of(one.getKey()).instance())
                .distinct()
                .toList();
    }

    /**
     * What was counted, by share.
     *
     * @param read up to when nothing is lacking in what was read
     */
    Map<Integer, List<UsageStep>> steps(Instant read) {
        Map<Integer, List<UsageStep>> steps = new HashMap<>();
        series.forEach((subject, one) -> {
            if (one.isCounted()) {
                int share = share(CountedSubject.of(subject).instance());
                steps.computeIfAbsent(share, _ -> new ArrayList<>()).add(one.step(subject, share, task, read));
            }
        });
        return steps;
    }
}
