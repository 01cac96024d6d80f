// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.shared.feed.InstanceVersions;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.model.InstanceVersion;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger's inventory with what a refresher reads of Nova anyway. The mark moves only when a window is in the ledger whole: what the
 * ledger did not take is read again. Used by one thread.
 */
public final class InventoryFeed implements ReadingWitness {
    /** What the mark is of. */
    public static final String SOURCE = "nova";

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFeed.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final Supplier<Optional<Ledger>> ledger;
    private final Duration lookBack;
    private final InstantSource clock;
    private final StateLog log;
    private final Counter versions;
    private final Counter vanished;

    /** What the ledger has is known here. */
    private boolean asked;

    private @Nullable Instant mark;
    private @Nullable Instant first;
    private boolean hasAll;
    private boolean lacksOfWindow;
    private boolean lacksOfAll;
    private boolean partial;

    /**
     * A feed that has not asked the ledger yet.
     *
     * @param lookBack how far back changes are wanted when there is no inventory yet
     */
    public InventoryFeed(
            Supplier<Optional<Ledger>> ledger,
            Duration lookBack,
            InstantSource clock,
            Ticker ticker,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.lookBack = lookBack;
        this.clock = clock;
        this.log = new StateLog(LOG, "the inventory", REMINDER, ticker);
        this.versions = registry.counter("nephometer.inventory.versions");
        this.vanished = registry.counter("nephometer.inventory.vanished");
    }

    @Override
    public Wish wish() {
        if (!asked && !ask()) {
            return Wish.NOTHING;
        }
        Instant complete = mark;
        if (complete != null) {
            return new Wish(false, complete);
        }
        Instant since = first == null ? clock.instant().minus(lookBack) : first;
        first = since;
        return new Wish(!hasAll, since);
    }

    private boolean ask() {
        asked = onLedger(open -> {
            mark = open.inventory().mark(SOURCE).map(Mark::until).orElse(null);
        });
        return asked;
    }

    @Override
    public void told(List<Server> servers, Instant at) {
        List<InstanceVersion> told = new ArrayList<>(servers.size());
        for (Server server : servers) {
            Optional<InstanceVersion> version = InstanceVersions.of(server, at);
            version.ifPresent(told::add);
            partial |= version.isEmpty();
        }
        if (!onLedger(open -> versions.increment(open.inventoryDesk().put(told)))) {
            lacksOfWindow = true;
            lacksOfAll = true;
        }
    }

    @Override
    public void complete(Instant from, Instant until) {
        boolean lacks = lacksOfWindow || (mark == null && !hasAll);
        lacksOfWindow = false;
        if (lacks) {
            return;
        }
        boolean reached = onLedger(open -> {
            boolean moved = open.inventoryDesk().complete(SOURCE, from, until);
            mark = moved ? until : mark;
            asked = moved;
        });
        asked &= reached;
    }

    @Override
    public void toldAll(Instant begun) {
        boolean lacks = lacksOfAll;
        boolean away = partial;
        lacksOfAll = false;
        partial = false;
        if (lacks) {
            return;
        }
        hasAll = true;
        // Instances of a cell that is away are there, although nothing is told of them.
        if (!away) {
            onLedger(open -> ended(open.inventoryDesk().toldAllSince(begun)));
        }
    }

    private void ended(int instances) {
        if (instances > 0) {
            vanished.increment(instances);
            LOG.warn(
                    "{} instances are gone and Nova never told when they ended: they count as ended when they were told last",
                    instances);
        }
    }

    private interface Work {
        void with(Ledger ledger);
    }

    private boolean onLedger(Work work) {
        try {
            Optional<Ledger> open = ledger.get();
            open.ifPresent(work::with);
            if (open.isPresent()) {
                log.well("kept again");
            } else {
                log.trouble("unreachable", "the ledger cannot be reached; what is not in it is read again");
            }
            return open.isPresent();
        } catch (LedgerException e) {
            asked = false;
            log.trouble("failed", e.getMessage() + "; what is not in the ledger is read again");
            return false;
        }
    }

    /** Whether this process is the one that reads Nova for the inventory; asked before each reading where nothing else decides it. */
    public boolean leads(String reader, Duration lease) {
        try {
            return ledger.get()
                    .map(open -> open.inventoryDesk().lease(SOURCE, reader, lease))
                    .orElse(false);
        } catch (LedgerException e) {
            return false;
        }
    }
}
