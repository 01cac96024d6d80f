// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then how the newest slot of each member went, and retires members that are gone. Between two looks the figures
 * are those of the last one. One thread runs it.
 */
public final class SlotWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);

    private static final int MOST_NAMED = 10;

    private final Supplier<Optional<Ledger>> ledger;
    private final Supplier<Optional<List<SlotRecord>>> newest;
    private final Duration absence;
    private final Map<SlotState, AtomicInteger> members = new EnumMap<>(SlotState.class);
    private final AtomicLong lateness = new AtomicLong();
    private final Counter retired;
    private volatile List<MemberClash> clashes = List.of();

    /**
     * @param ledger the open ledger; empty while it cannot be reached
     * @param newest the newest slot of each member; empty while nobody can say
     * @param absence members of which nothing came for so long are retired
     */
    public SlotWatch(
            Supplier<Optional<Ledger>> ledger,
            Supplier<Optional<List<SlotRecord>>> newest,
            Duration absence,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.newest = newest;
        this.absence = absence;
        for (SlotState state : SlotState.values()) {
            AtomicInteger count = new AtomicInteger();
            members.put(state, count);
            Gauge.builder("nephometer.slots.members", count, AtomicInteger::get)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("nephometer.slots.lateness.seconds", lateness, AtomicLong::get)
                .register(registry);
        Gauge.builder("nephometer.slots.clashes", this, watch -> watch.clashes.size())
                .register(registry);
        retired = registry.counter("nephometer.slots.retired");
    }

    /**
     * Looks once; does nothing while the ledger cannot be reached.
     *
     * @throws LedgerException if the store fails
     */
    public void look() {
        newest.get().ifPresent(this::count);
        ledger.get().ifPresent(present -> tell(present.slots().clashes()));
    }

    private void tell(List<MemberClash> now) {
        Set<String> known = members(clashes);
        now.stream().filter(clash -> !known.contains(clash.member())).forEach(SlotWatch::warn);
        Set<String> still = members(now);
        known.stream()
                .filter(member -> !still.contains(member))
                .forEach(member -> LOG.info("{} is one agent again", member));
        clashes = List.copyOf(now);
    }

    private static Set<String> members(List<MemberClash> clashes) {
        return clashes.stream().map(MemberClash::member).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void warn(MemberClash clash) {
        LOG.warn(
                "Two agents measure as {}: {}, begun {}, and {}, begun {}; what they deliver counts as of one host."
                        + " Give each a name of its own (compute.host)",
                clash.member(),
                clash.earlier().id(),
                clash.earlier().began(),
                clash.later().id(),
                clash.later().began());
    }

    /** Whether each member is one agent, at the last look. */
    public Health health() {
        Set<String> names = members(clashes);
        return names.isEmpty()
                ? new Health.Up("each member is one agent")
                : new Health.Degraded("several agents measure under one name (compute.host): "
                        + names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (names.size() > MOST_NAMED ? ", …" : ""));
    }

    private void count(List<SlotRecord> slots) {
        Map<SlotState, Integer> counts = new EnumMap<>(SlotState.class);
        slots.forEach(slot -> counts.merge(slot.state(), 1, Integer::sum));
        members.forEach((state, count) -> count.set(counts.getOrDefault(state, 0)));
        lateness.set(slots.stream().mapToLong(SlotWatch::seconds).max().orElse(0));
    }

    /** From the end of the slot until all of it was there. */
    private static long seconds(SlotRecord slot) {
        Instant last = slot.lastCommitted();
        return last == null
                ? 0
                : Math.max(0, Duration.between(slot.slot().end(), last).toSeconds());
    }

    /** Retires members that are gone for good. */
    public void retire() {
        ledger.get().ifPresent(present -> {
            int gone = present.slots().retireAbsent(absence);
            if (gone > 0) {
                retired.increment(gone);
                LOG.warn(
                        "{} members of polling delivered nothing for {} and are not expected any more (collector.member_absence)",
                        gone,
                        DurationText.print(absence));
            }
        });
    }
}
