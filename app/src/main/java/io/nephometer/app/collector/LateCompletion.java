// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.late.Found;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.PendingDesk;
import io.nephometer.store.ledger.PendingSamples;
import io.nephometer.store.ledger.PendingSamples.Completion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Counter notRemembered;
    private final Counter givenUp;

    private volatile long open;

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
        notRemembered = registry.counter("nephometer.late.completed.not.remembered");
        givenUp = registry.counter("nephometer.late.given.up");
        Gauge.builder("nephometer.late.pending", this, it -> it.open).register(registry);
    }

    /** Tries all that wait, once. */
    public void run() {
        ledger.get().ifPresent(present -> {
            PendingDesk desk = present.pending();
            complete(desk);
            giveUp(desk);
            open = desk.open();
        });
    }

    /** Page by page, until all were tried or the cache does not answer. */
    private void complete(PendingDesk desk) {
        LateLookup found = new LateLookup(lookup);
        List<PendingSamples> page = desk.list(0, PAGE, false);
        while (!page.isEmpty() && found.ask(page)) {
            List<Completion> known = known(page, found);
            if (!known.isEmpty() && desk.complete(known) instanceof CommitOutcome.Committed(CommitReport report)) {
                completed.increment(report.samples());
                notRemembered.increment((double) notRemembered(known));
            }
            page = page.size() < PAGE ? List.of() : desk.list(page.getLast().id(), PAGE, false);
        }
    }

    private List<Completion> known(List<PendingSamples> page, LateLookup found) {
        List<Completion> known = new ArrayList<>();
        for (PendingSamples pending : page) {
            found.known(pending.instance()).ifPresent(one -> known.add(completion(pending, one)));
        }
        return known;
    }

    private static long notRemembered(List<Completion> completed) {
        return completed.stream()
                .filter(one -> one.metadata().containsKey(LateJoin.AS_OF))
                .count();
    }

    private Completion completion(PendingSamples pending, Found.Known known) {
        return new Completion(
                pending.id(),
                pending.project(),
                pending.user(),
                LateJoin.of(
                        metadata,
                        pending.instance(),
                        pending.project(),
                        pending.told(),
                        pending.extras(),
                        known,
                        pending.asOf()));
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
