// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what counters of instances counted in a period, out of what agents measured. Of a period everything is read once, for all shares;
 * shares are of instances, on whatever hosts they were. What is counted becomes a row of the book together with where counting goes on, and
 * only then is told, from that row: so each growth between two readings of a counter is counted in one period, whoever dies when, and
 * whatever comes late. Used by one thread.
 */
public final class CountingAuditor implements Auditor {
    private static final int CHUNK = 200;
    private static final Duration SLICE = Duration.ofMinutes(15);

    /** A commit takes time, and is dated by the clock of whoever commits. What is only read again is mostly known by itself. */
    private static final Duration LONG_COMMIT = Duration.ofMinutes(10);

    private final CountedTask task;
    private final CountingOptions options;
    private final Measurements measurements;
    private final Inventory inventory;
    private final CountBook counts;
    private final AuditBook book;
    private final AuditSink sink;

    /** What was read last. */
    private @Nullable Reading reading;

    /** The polling sources of which samples were seen. */
    private Set<String> sources = Set.of();

    /**
     * A period that was read.
     *
     * @param left what is to be counted yet, by share
     * @param remark on what is missing of it
     * @param lost instances of which something came too late to be counted
     */
    private record Reading(
            Period period, String server, Map<Integer, List<UsageStep>> left, String remark, List<String> lost) {}

    public CountingAuditor(
            CountedTask task,
            CountingOptions options,
            Measurements measurements,
            Inventory inventory,
            CountBook counts,
            AuditBook book,
            AuditSink sink) {
        this.task = task;
        this.options = options;
        this.measurements = measurements;
        this.inventory = inventory;
        this.counts = counts;
        this.book = book;
        this.sink = sink;
    }

    @Override
    public String task() {
        return task.name();
    }

    @Override
    public AuditKey key(Period period, int share) {
        if (share < 0 || share >= HostShare.COUNT) {
            throw new IllegalArgumentException("there is no share " + share + " of instances");
        }
        return new AuditKey(task.name(), "instances/" + share, period);
    }

    /** Where counting goes on is where the period before ended. */
    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public AuditResult run(Period period, int share) {
        try {
            Optional<String> obstacle = read(period, share);
            if (obstacle.isPresent()) {
                return new AuditResult.Held(obstacle.get());
            }
            Reading now = reading;
            if (now == null) {
                throw new IllegalStateException("nothing was read");
            }
            Inventory.Place place = new Inventory.Place(now.server(), null, period.end());
            Optional<AuditBook.Hold> hold = book.begin(key(period, share), place);
            return hold.isEmpty() ? new AuditResult.Taken() : run(period, share, now, hold.get());
        } catch (AuditException e) {
            reading = null;
            return new AuditResult.Failed(String.valueOf(e.getMessage()));
        }
    }

    private AuditResult run(Period period, int share, Reading now, AuditBook.Hold hold) throws AuditException {
        EventTelling telling = new EventTelling(hold, sink);
        try {
            List<UsageStep> mine = now.left().getOrDefault(share, List.of());
            for (int from = 0; from < mine.size(); from += CHUNK) {
                counts.count(task.name(), period, mine.subList(from, Math.min(mine.size(), from + CHUNK)));
            }
            now.left().remove(share);
            List<CountedUsage> counted = counts.counted(task.name(), period, share).stream()
                    .map(CountedUsage::of)
                    .toList();
            List<CountedEvent> events = counted.stream()
                    .map(usage -> new CountedEvent(task, period, usage))
                    .toList();
            return telling.tell(events, remark(now, counted));
        } catch (AuditException e) {
            telling.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** What came too late is remembered in what was counted, too: a reading after that does not see it again. */
    private static String remark(Reading now, List<CountedUsage> counted) {
        TreeSet<String> lost = new TreeSet<>(now.lost());
        counted.stream()
                .filter(CountedUsage::late)
                .map(usage -> usage.subject().instance())
                .forEach(lost::add);
        String late = lost.isEmpty()
                ? ""
                : "what came too late may not be counted, since the counters were counted on another host or anew meanwhile, of "
                        + SomeNames.instances(List.copyOf(lost));
        return Stream.of(now.remark(), late).filter(one -> !one.isEmpty()).collect(Collectors.joining("; "));
    }

    /** Sees to it that the share is read. Why it has to wait, else empty. */
    private Optional<String> read(Period period, int share) throws AuditException {
        Reading last = reading;
        if (last != null && last.period().equals(period) && last.left().containsKey(share)) {
            return Optional.empty();
        }
        Instant due = period.end().plus(options.settle());
        Instant now = book.now();
        if (now.isBefore(due)) {
            return Optional.of("what was measured until " + period.end() + " is counted at " + due);
        }
        // What is counted is final: an answer that lacks what had come by then would make it wrong, however long
        // anybody waits.
        Measurements.Wanted wanted =
                new Measurements.Wanted(task.meters(), period, due, options.late(), Instant.MAX, SLICE);
        boolean waits = now.isBefore(due.plus(options.patience()));
        if (waits && !sources.isEmpty()) {
            LateMembers late = late(measurements.behind(wanted));
            if (!late.isEmpty()) {
                return Optional.of(late.text());
            }
        }
        return read(wanted, now, waits);
    }

    /** Since when what came is new: the first of the readings of the last period, and a while before it, since commits take time. */
    private static Instant news(Collection<UsageCarry> carries, Period period) {
        Instant last = carries.stream()
                .map(UsageCarry::until)
                .filter(until -> !until.isAfter(period.begin()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return carries.stream()
                .filter(carry -> carry.until().equals(last))
                .flatMap(carry -> CounterSeries.read(carry).stream())
                .min(Comparator.naturalOrder())
                .map(read -> read.minus(LONG_COMMIT))
                .orElse(Instant.MAX);
    }

    private Optional<String> read(Measurements.Wanted wanted, Instant now, boolean waits) throws AuditException {
        Period period = wanted.period();
        Map<String, UsageCarry> carries = counts.carries(task.name());
        Measurements.Answer<CounterFold> answer = measurements.read(
                wanted.news(news(carries.values(), period)), () -> new CounterFold(task, period, carries));
        CounterFold fold = answer.taker();
        sources = fold.sources().isEmpty() ? sources : fold.sources();
        LateMembers late = late(answer.behind());
        if (waits && !late.isEmpty()) {
            return Optional.of(late.text());
        }
        List<CounterSeries.First> unknown = fold.settle();
        Set<CounterSeries.Elsewhere> elsewhere = fold.elsewhere();
        boolean asks = !unknown.isEmpty() || !elsewhere.isEmpty();
        if (waits && asks && !inventory.place(period.end()).isCompleteUpTo(period.end())) {
            return Optional.of(awaited(unknown.size(), elsewhere.size()));
        }
        int unseen = fold.launched(launched(period, unknown));
        Set<CounterSeries.Elsewhere> same = new RenamedHosts(inventory).of(period, elsewhere);
        fold.goOn(same);
        elsewhere.removeAll(same);
        Map<Integer, List<UsageStep>> left = new HashMap<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            left.put(share, List.of());
        }
        left.putAll(fold.steps(answer.complete() == null ? now : answer.complete()));
        reading = new Reading(period, answer.server(), left, remark(late, unseen, same, elsewhere), fold.lost());
        return Optional.empty();
    }

    private static String awaited(int started, int moved) {
        String when = started == 0 ? "" : "when " + started + " new instances were started";
        String whether = moved == 0 ? "" : "whether " + moved + " counters of other hosts are of moved instances";
        return "the inventory does not tell yet " + when + (when.isEmpty() || whether.isEmpty() ? "" : ", and ")
                + whether;
    }

    /** When those instances were started, as far as it is known. */
    private Map<String, Instant> launched(Period period, List<CounterSeries.First> unknown) throws AuditException {
        Set<String> instances =
                unknown.stream().map(CounterSeries.First::instance).collect(Collectors.toSet());
        Map<String, Instant> launched = new HashMap<>();
        if (!instances.isEmpty()) {
            for (InstanceVersion one :
                    inventory.window(period, instances, period.end()).instances()) {
                Instant start = one.launched();
                if (start != null) {
                    launched.put(one.id(), start);
                }
            }
        }
        return launched;
    }

    /** Of whom something is to be counted. */
    private LateMembers late(Set<Measurements.Behind> behind) {
        return LateMembers.of(behind, sources);
    }

    private static String remark(
            LateMembers late, int unseen, Set<CounterSeries.Elsewhere> same, Set<CounterSeries.Elsewhere> moved) {
        List<String> remarks = new ArrayList<>();
        if (!late.isEmpty()) {
            remarks.add(late.text() + "; what comes later is counted with the next period");
        }
        if (unseen > 0) {
            remarks.add(unseen + " counters began unseen and are counted from what they showed first");
        }
        if (!same.isEmpty()) {
            remarks.add("counters go on, since only their host is called otherwise now, of " + names(same));
        }
        if (!moved.isEmpty()) {
            remarks.add("counters that showed no less on another host are counted whole of " + names(moved));
        }
        return String.join("; ", remarks);
    }

    private static String names(Set<CounterSeries.Elsewhere> seen) {
        return SomeNames.instances(
                seen.stream().map(CounterSeries.Elsewhere::instance).distinct().toList());
    }
}
