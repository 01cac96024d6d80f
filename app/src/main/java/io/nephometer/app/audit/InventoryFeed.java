// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.shared.feed.InstanceVersions;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.model.InstanceVersion;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.Health;
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
import java.util.function.Predicate;
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
    private final StateLog clocks;
    private final NovasClock novas = new NovasClock();
    private final Counter versions;
    private final Counter vanished;
    private final Counter wrong;
    private final InventoryHealth health;

    /** What the ledger has is known here. */
    private boolean asked;

    private @Nullable Instant mark;
    private @Nullable Instant first;
    private boolean hasAll;
    private boolean lacksOfWindow;
    private boolean lacksOfAll;
    private boolean partial;

    /** The earliest time by which a page was told since the last reading of all. */
    private @Nullable Instant oldest;

    /**
     * A feed that has not asked the ledger yet.
     *
     * @param lookBack how far back changes are wanted when there is no inventory yet
     * @param patience how long no reading may end before something is wrong
     */
    public InventoryFeed(
            Supplier<Optional<Ledger>> ledger,
            Duration lookBack,
            Duration patience,
            InstantSource clock,
            Ticker ticker,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.lookBack = lookBack;
        this.clock = clock;
        this.health = new InventoryHealth(patience, ticker);
        this.log = new StateLog(LOG, "the inventory", REMINDER, ticker);
        this.clocks = new StateLog(LOG, "the clock of the inventory's source", REMINDER, ticker);
        this.versions = registry.counter("nephometer.inventory.versions");
        this.vanished = registry.counter("nephometer.inventory.vanished");
        this.wrong = registry.counter("nephometer.inventory.clock.differs");
    }

    @Override
    public Wish wish() {
        health.reads();
        if (!asked && !ask()) {
            return Wish.NOTHING;
        }
        Instant complete = mark;
        if (complete != null) {
            return new Wish(false, novas.since(complete), novas.until());
        }
        Instant since = first == null ? clock.instant().minus(lookBack) : first;
        first = since;
        return new Wish(!hasAll, novas.since(since), novas.until());
    }

    private boolean ask() {
        asked = onLedger(open -> {
            Optional<Mark> found = open.inventory().mark(SOURCE);
            mark = found.filter(Mark::isBelieved).map(Mark::until).orElse(null);
            found.map(Mark::future)
                    .ifPresent(future -> LOG.warn(
                            "the mark of the inventory lies in the future ({}): it is believed up to {}, and what"
                                    + " happened since is read again",
                            future,
                            mark));
        });
        return asked;
    }

    @Override
    public void told(List<Server> servers, Instant at) {
        health.reads();
        Instant now = clock.instant();
        oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
        Instant seen = mark == null ? first : mark;
        List<InstanceVersion> told = new ArrayList<>(servers.size());
        for (Server server : servers) {
            Optional<InstanceVersion> version = InstanceVersions.of(server, at.isAfter(now) ? now : at);
            version.map(it -> happened(it, now).unseen(seen)).ifPresent(told::add);
            partial |= version.isEmpty();
        }
        if (!onLedger(open -> versions.increment(open.inventoryDesk().put(told)))) {
            lacksOfWindow = true;
            lacksOfAll = true;
        }
    }

    /** What is dated by a clock that is ahead has happened by now; what happens next must not count as older. */
    private static InstanceVersion happened(InstanceVersion version, Instant now) {
        return version.since().isAfter(now.plus(NovasClock.MOST)) ? version.since(now) : version;
    }

    @Override
    public void complete(Window window) {
        boolean lacks = lacksOfWindow || (mark == null && !hasAll);
        lacksOfWindow = false;
        Instant now = clock.instant();
        if (differs(window, now) || lacks) {
            return;
        }
        Instant ours = now.minus(window.asked());
        Instant until = window.until().isBefore(ours) ? window.until() : ours;
        boolean reached = onLedger(open -> {
            asked = open.inventoryDesk().complete(SOURCE, window.from(), until, window.asked());
            if (asked) {
                novas.wasRight(window, now);
                mark = open.inventory().mark(SOURCE).map(Mark::until).orElse(null);
                health.complete(mark);
            }
        });
        asked &= reached;
    }

    /** Whether nobody knows up to when a window is complete, since Nova's clock and ours do not agree. */
    private boolean differs(Window window, Instant now) {
        Duration ahead = window.novasClock() ? NovasClock.ahead(window, now) : Duration.ZERO;
        if (ahead.abs().compareTo(NovasClock.MOST) <= 0) {
            clocks.well("Nova's clock and ours agree");
            return false;
        }
        String detail = "Nova's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " ours (" + window.until() + "): nobody knows up to when what it tells is complete, and audits wait;"
                + " let both, and all of Nova's hosts, follow the same time server";
        novas.wasWrong(window);
        wrong.increment();
        clocks.trouble("clock_differs", detail);
        health.trouble("clock_differs: " + detail);
        return true;
    }

    /** Whether this process keeps the inventory, and why it does not go on. */
    public Health health() {
        return health.health();
    }

    @Override
    public void toldAll(Instant begun) {
        boolean lacks = lacksOfAll;
        boolean away = partial;
        Instant told = oldest == null || begun.isBefore(oldest) ? begun : oldest;
        lacksOfAll = false;
        partial = false;
        oldest = null;
        if (lacks) {
            return;
        }
        hasAll = true;
        // Instances of a cell that is away are there, although nothing is told of them.
        if (!away) {
            // Pages may be told by hosts of Nova whose clocks differ: none of them was told before this.
            onLedger(open -> ended(open.inventoryDesk().toldAllSince(told)));
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
                trouble("unreachable", "the ledger cannot be reached; what is not in it is read again");
            }
            return open.isPresent();
        } catch (LedgerException e) {
            asked = false;
            trouble("failed", e.getMessage() + "; what is not in the ledger is read again");
            return false;
        }
    }

    private void trouble(String what, String detail) {
        log.trouble(what, detail);
        health.trouble(what + ": " + detail);
    }

    /** Whether this process is the one that reads Nova for the inventory; asked before each reading where nothing else decides it. */
    public boolean leads(String reader, Duration lease) {
        Optional<Boolean> granted = ask(open -> open.inventoryDesk().lease(SOURCE, reader, lease));
        if (granted.isPresent() && !granted.get()) {
            health.leaves();
        }
        return granted.orElse(false);
    }

    /** Asks the ledger whether to read; empty if it cannot be asked: then nobody reads, which is trouble. */
    Optional<Boolean> ask(Predicate<Ledger> question) {
        List<Boolean> answer = new ArrayList<>(1);
        return onLedger(open -> answer.add(question.test(open))) ? Optional.of(answer.getFirst()) : Optional.empty();
    }
}
