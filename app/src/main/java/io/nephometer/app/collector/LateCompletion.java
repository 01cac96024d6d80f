// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.late.Found;
import io.nephometer.model.CommitOutcome;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.PendingDesk;
import io.nephometer.store.ledger.PendingSamples;
import io.nephometer.store.ledger.PendingSamples.Completion;
import io.nephometer.store.ledger.PendingSamples.Count;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes samples that were committed before anybody knew what they are of, as soon as the shared cache knows it; after a while it
 * gives them up, and says so. For one thread.
 */
public final class LateCompletion {
    private static final Logger LOG = LoggerFactory.getLogger(LateCompletion.class);
    private static final int PAGE = 500;

    private final Supplier<Optional<Ledger>> ledger;
    private final Function<Collection<String>, Optional<Map<String, Found>>> lookup;
    private final LateMetadata metadata;
    private final Duration patience;
    private final InstantSource clock;
    private final Counter completed;
    private final Counter givenUp;
    private volatile Count count = new Count(0, 0, null);

    /** @param patience how long somebody tries */
    public LateCompletion(
            Supplier<Optional<Ledger>> ledger,
            Function<Collection<String>, Optional<Map<String, Found>>> lookup,
            LateMetadata metadata,
            Duration patience,
            InstantSource clock,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.metadata = metadata;
        this.patience = patience;
        this.clock = clock;
        completed = registry.counter("nephometer.late.completed");
        givenUp = registry.counter("nephometer.late.given.up");
        Gauge.builder("nephometer.late.pending", this, it -> it.count.open()).register(registry);
    }

    /** Tries all that wait, once. */
    public void run() {
        ledger.get().ifPresent(present -> {
            PendingDesk desk = present.pending();
            complete(desk);
            giveUp(desk);
            count = desk.count();
        });
    }

    private void complete(PendingDesk desk) {
        long after = 0;
        List<PendingSamples> page = desk.list(after, PAGE, false);
        while (!page.isEmpty()) {
            after = page.getLast().id();
            List<Completion> known = known(page);
            if (!known.isEmpty() && desk.complete(known) instanceof CommitOutcome.Committed) {
                completed.increment(known.size());
            }
            page = page.size() < PAGE ? List.of() : desk.list(after, PAGE, false);
        }
    }

    private List<Completion> known(List<PendingSamples> page) {
        Set<String> ids = new HashSet<>();
        page.forEach(pending -> ids.add(pending.instance()));
        Map<String, Found> found = lookup.apply(ids).orElse(Map.of());
        List<Completion> known = new ArrayList<>();
        for (PendingSamples pending : page) {
            if (found.get(pending.instance()) instanceof Found.Known one) {
                known.add(new Completion(
                        pending.id(),
                        pending.project(),
                        pending.user(),
                        LateJoin.of(
                                metadata,
                                pending.instance(),
                                pending.project(),
                                pending.told(),
                                pending.extras(),
                                one.at(pending.asOf()))));
            }
        }
        return known;
    }

    private void giveUp(PendingDesk desk) {
        int rows = desk.giveUp(clock.instant().minus(patience));
        if (rows > 0) {
            givenUp.increment(rows);
            LOG.warn(
                    "{} rows of samples stay without Nova's metadata: within {} (collector.late_metadata_patience) the shared cache"
                            + " did not come to know their instances; query pending lists them",
                    rows,
                    DurationText.print(patience));
        }
    }
}
