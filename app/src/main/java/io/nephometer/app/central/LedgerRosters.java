// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.RostersException;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RosterDesk;
import io.nephometer.store.ledger.RosterDesk.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rosters that the members of a cluster share in the ledger. While that does not answer, each member goes on with what it knows: who is asked
 * about is decided by partitions all the same. A roster is fetched once, and not for each partition. Thread-safe.
 */
final class LedgerRosters implements Rosters {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerRosters.class);
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private final Supplier<Optional<LedgerDesks>> ledger;
    private final InstantSource clock;
    private final StateLog sharing;
    private final NamedTroubles damaged;
    private final NamedTroubles ahead;
    private final Map<String, Roster> known = new ConcurrentHashMap<>();

    /** @param clock the ledger's time */
    LedgerRosters(Supplier<Optional<LedgerDesks>> ledger, InstantSource clock, Ticker ticker) {
        this.ledger = ledger;
        this.clock = clock;
        this.sharing = new StateLog(LOG, "what is discovered", REMINDER, ticker);
        this.damaged = new NamedTroubles(
                "roster_damaged", "can be read", new StateLog(LOG, "what others discovered", REMINDER, ticker));
        this.ahead = new NamedTroubles(
                "roster_ahead", "is in order", new StateLog(LOG, "the time of what is discovered", REMINDER, ticker));
    }

    @Override
    public void put(String name, Instant slotStart, String content) {
        Roster roster = new Roster(slotStart, content);
        keep(name, roster);
        try {
            desk().put(name, roster);
            sharing.well("shared with the other members");
        } catch (LedgerException e) {
            sharing.trouble("kept for this member alone", name + ": " + e.getMessage());
        }
    }

    @Override
    public @Nullable String newest(String name) throws RostersException {
        try {
            Roster found = fetched(name);
            if (found != null) {
                Rosters.requireReadable(found.content());
                keep(name, found);
            }
            damaged.well(name);
            look(name);
        } catch (LedgerException e) {
            return fromMemory(name, new RostersException(String.valueOf(e.getMessage()), e));
        } catch (RostersException | RuntimeException e) {
            String why = "what the ledger has of it cannot be read, until it is listed anew: " + e.getMessage();
            damaged.trouble(name, why);
            return fromMemory(name, new RostersException(why, e));
        }
        Roster roster = known.get(name);
        return roster == null ? null : roster.content();
    }

    /** What the ledger has that may count for more than what is known; null if there is nothing. */
    private @Nullable Roster fetched(String name) {
        Roster before = known.get(name);
        return before == null || before.isAhead(clock.instant())
                ? desk().newest(name)
                : desk().newerThan(name, before.slotStart());
    }

    private String fromMemory(String name, RostersException failure) throws RostersException {
        Roster roster = known.get(name);
        if (roster == null) {
            throw failure;
        }
        return roster.content();
    }

    private void keep(String name, Roster roster) {
        known.merge(name, roster, this::better);
        look(name);
    }

    /** The later one, unless only that is ahead of time. */
    private Roster better(Roster one, Roster other) {
        Instant now = clock.instant();
        if (one.isAhead(now) != other.isAhead(now)) {
            return one.isAhead(now) ? other : one;
        }
        return other.slotStart().isBefore(one.slotStart()) ? one : other;
    }

    private void look(String name) {
        Roster roster = known.get(name);
        if (roster != null && roster.isAhead(clock.instant())) {
            ahead.trouble(
                    name,
                    "it was listed in a slot that begins at " + roster.slotStart()
                            + ", ahead of the ledger's time, which was wrong then or is now; it counts until it is listed anew");
        } else {
            ahead.well(name);
        }
    }

    /** Whether what is discovered can be gone by. */
    Health health() {
        List<String> troubles =
                Stream.concat(damaged.texts().stream(), ahead.texts().stream()).toList();
        return troubles.isEmpty()
                ? new Health.Up(known.size() + " lists of resources are known")
                : new Health.Degraded(String.join("; ", troubles));
    }

    private RosterDesk desk() {
        return ledger.get()
                .orElseThrow(
                        () -> new LedgerException(LedgerException.Kind.UNREACHABLE, "the ledger cannot be reached"))
                .rosters();
    }
}
