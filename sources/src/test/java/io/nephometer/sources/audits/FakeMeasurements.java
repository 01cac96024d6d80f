// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What agents measured, and what was counted of it, in memory. Dies where it is told to. */
final class FakeMeasurements implements Measurements, CountBook {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    final List<Sample> samples = new ArrayList<>();
    final Set<Behind> behind = new HashSet<>();
    final Map<String, UsageCarry> carries = new TreeMap<>();
    private final Map<Period, Map<String, UsageCount>> counted = new HashMap<>();
    private final Map<String, Integer> shares = new HashMap<>();

    /** Whoever needs what came later is not answered. */
    Instant knownUntil = Instant.MAX;

    /** What came since {@link #newsSince}. */
    News news = News.NONE;

    /** Since when it was asked what came, by reading. */
    final List<Instant> newsSince = new ArrayList<>();

    /** Up to when answers are complete; null: until now. */
    @Nullable Instant complete;

    /** How often samples were read. */
    int readings;

    /** After so many rows the book takes no more; negative: never. */
    int breaksAfter = -1;

    /** What an interface of an instance shows. */
    void traffic(Instant at, String host, String instance, String mac, long in, long out) {
        Map<String, Object> facts = Map.of("instance_id", instance, "instance_host", host, "mac", mac, "name", "tap");
        String resource = "d-" + instance + "-" + mac;
        sample(at, "network.incoming.bytes", in, resource, facts);
        sample(at, "network.outgoing.bytes", out, resource, facts);
    }

    void sample(Instant at, String meter, long value, String resource, Map<String, Object> facts) {
        samples.add(new Sample(
                new Sample.Origin.Slotted(new Slot("compute", INTERVAL, at)),
                new Meter(meter, MeterType.CUMULATIVE, "B"),
                value,
                resource,
                "project",
                "user",
                at,
                new HashMap<>(facts)));
    }

    @Override
    public <F extends Taker> Answer<F> read(Wanted wanted, Supplier<F> fresh) throws AuditException {
        if (wanted.complete().isAfter(knownUntil)) {
            throw new AuditException("nobody lacks nothing", null);
        }
        newsSince.add(wanted.news());
        Supplier<F> told = () -> {
            F taker = fresh.get();
            taker.expect(news);
            return taker;
        };
        return read(wanted.meters(), wanted.from(), wanted.period().end(), wanted.slice(), told);
    }

    @Override
    public Set<Behind> behind(Wanted wanted) {
        return behind(wanted.period().end());
    }

    @Override
    public <F extends Consumer<Sample>> Answer<F> read(
            String meters, Instant from, Instant to, Duration slice, Supplier<F> fresh) {
        readings++;
        F taker = fresh.get();
        samples.stream()
                .filter(sample ->
                        sample.meter().name().matches(meters.replace(".", "\\.").replace("*", ".*")))
                .filter(sample ->
                        !sample.timestamp().isBefore(from) && sample.timestamp().isBefore(to))
                .sorted(Comparator.comparing(Sample::timestamp))
                .forEach(taker);
        return new Answer<>(taker, "primary", complete, behind);
    }

    @Override
    public Set<Behind> behind(Instant end) {
        return Set.copyOf(behind);
    }

    @Override
    public Map<String, UsageCarry> carries(String task) {
        return new TreeMap<>(carries);
    }

    @Override
    public void count(String task, Period period, Collection<UsageStep> steps) throws AuditException {
        for (UsageStep one : steps) {
            if (breaksAfter == 0) {
                throw new AuditException("the book is away", null);
            }
            breaksAfter--;
            UsageCarry carry = carries.get(one.subject());
            Instant until = carry == null ? null : carry.until();
            if (same(until, one.carried()) && (until == null || until.isBefore(period.end()))) {
                carries.put(one.subject(), new UsageCarry(one.subject(), period.end(), one.carry()));
                counted.computeIfAbsent(period, _ -> new TreeMap<>())
                        .putIfAbsent(one.subject(), new UsageCount(one.subject(), one.counted()));
                shares.put(one.subject(), one.share());
            }
        }
    }

    private static boolean same(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other == null : one.equals(other);
    }

    @Override
    public List<UsageCount> counted(String task, Period period, int share) {
        return counted.getOrDefault(period, Map.of()).values().stream()
                .filter(row -> share == shares.getOrDefault(row.subject(), -1))
                .toList();
    }

    /** Everything that was counted, of all periods and subjects. */
    long sum(String counter) {
        return counted.values().stream()
                .flatMap(rows -> rows.values().stream())
                .mapToLong(row -> CountedUsage.of(row).counted(counter))
                .sum();
    }

    /** The same of one period. */
    long sum(Period period, String counter) {
        return counted.getOrDefault(period, Map.of()).values().stream()
                .mapToLong(row -> CountedUsage.of(row).counted(counter))
                .sum();
    }
}
