// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.model.Fate;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.ClusterView.ClusterMember;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a ledger holds, read anew each time: it may have been away meanwhile. */
final class Books {
    private final StoreUrl store;

    Books(String url) {
        store = StoreUrl.parse(url);
    }

    void migrate() {
        Ledgers.migrate(store, LedgerOptions.DEFAULTS);
    }

    private <T> T read(Function<Ledger, T> what) {
        try (Ledger ledger = Ledgers.open(store, LedgerOptions.DEFAULTS, WallClock.system())) {
            return what.apply(ledger);
        }
    }

    /** All slots that begin within, by unit and time. */
    List<SlotRecord> slots(Window window) {
        return read(ledger -> {
            List<SlotRecord> records = new ArrayList<>();
            ledger.slots().slots(SlotQuery.ALL.between(window.from(), window.to()), records::add);
            return records;
        });
    }

    /** How often each series is there in each slot, counted over all rows by what they are of and not by their ids. */
    Map<CloudUnderTest.Series, Map<Instant, Integer>> samples(Window window) {
        return read(ledger -> {
            Map<CloudUnderTest.Series, Map<Instant, Integer>> counted = new HashMap<>();
            ledger.reader().samples(LedgerQuery.ALL.between(window.from(), window.to()), sample -> {
                var series = new CloudUnderTest.Series(sample.meter().name(), String.valueOf(sample.resourceId()));
                counted.computeIfAbsent(series, _ -> new HashMap<>())
                        .merge(window.slotOf(sample.timestamp()), 1, Integer::sum);
            });
            return counted;
        });
    }

    /** The member that began last to own each unit, by the name of the unit. */
    Map<String, String> owners() {
        return read(ledger -> {
            Map<String, String> owners = new HashMap<>();
            ledger.cluster()
                    .owners()
                    .forEach(one -> owners.put(one.unit().name(), one.tenure().owner()));
            return owners;
        });
    }

    /** How many messages of central agents there were until now, by what became of them. */
    Map<Fate, Long> messages() {
        return read(ledger -> {
            Map<Fate, Long> messages = new EnumMap<>(Fate.class);
            ledger.log().consumers().forEach(consumer -> consumer.messages()
                    .forEach((fate, count) -> messages.merge(fate, count, Long::sum)));
            return messages;
        });
    }

    /** When the lease of a member ends unless it is heard of again; null if it is known by etcd. */
    @Nullable Instant leaseEnd(String member) {
        return read(ledger -> ledger.cluster().members().stream()
                .filter(one -> one.name().equals(member))
                .map(ClusterMember::expires)
                .findFirst()
                .orElse(null));
    }

    /** Slots that begin in {@code [from, to)}. */
    record Window(Instant from, Instant to, Duration interval) {
        int slots() {
            return (int) Duration.between(from, to).dividedBy(interval);
        }

        Instant slotOf(Instant time) {
            long seconds = interval.toSeconds();
            return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
        }

        List<Instant> starts() {
            List<Instant> starts = new ArrayList<>();
            for (Instant start = from; start.isBefore(to); start = start.plus(interval)) {
                starts.add(start);
            }
            return starts;
        }
    }
}
