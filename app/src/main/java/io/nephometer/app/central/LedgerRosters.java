// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.RostersException;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RosterDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final StateLog sharing;
    private final StateLog damage;
    private final Map<String, RosterDesk.Roster> known = new ConcurrentHashMap<>();

    LedgerRosters(Supplier<Optional<LedgerDesks>> ledger, Ticker ticker) {
        this.ledger = ledger;
        this.sharing = new StateLog(LOG, "what is discovered", REMINDER, ticker);
        this.damage = new StateLog(LOG, "what others discovered", REMINDER, ticker);
    }

    @Override
    public void put(String name, Instant slotStart, String content) {
        RosterDesk.Roster roster = new RosterDesk.Roster(slotStart, content);
        known.merge(name, roster, LedgerRosters::newer);
        try {
            desk().put(name, roster);
            sharing.well("shared with the other members");
        } catch (LedgerException | RostersException e) {
            sharing.trouble("kept for this member alone", name + ": " + e.getMessage());
        }
    }

    @Override
    public @Nullable String newest(String name) throws RostersException {
        try {
            RosterDesk.Roster before = known.get(name);
            RosterDesk.Roster roster =
                    before == null ? desk().newest(name) : desk().newerThan(name, before.slotStart());
            damage.well("can be read");
            return roster == null
                    ? content(before)
                    : known.merge(name, roster, LedgerRosters::newer).content();
        } catch (LedgerException e) {
            return fromMemory(name, new RostersException(String.valueOf(e.getMessage()), e));
        } catch (RostersException e) {
            return fromMemory(name, e);
        } catch (RuntimeException e) {
            damage.trouble(name, "what the ledger has of it cannot be read, until it is listed anew: " + e);
            return fromMemory(name, new RostersException("the roster in the ledger cannot be read: " + e, e));
        }
    }

    private String fromMemory(String name, RostersException failure) throws RostersException {
        RosterDesk.Roster roster = known.get(name);
        if (roster == null) {
            throw failure;
        }
        return roster.content();
    }

    private static @Nullable String content(RosterDesk.@Nullable Roster roster) {
        return roster == null ? null : roster.content();
    }

    private static RosterDesk.Roster newer(RosterDesk.Roster one, RosterDesk.Roster other) {
        return other.slotStart().isBefore(one.slotStart()) ? one : other;
    }

    private RosterDesk desk() throws RostersException {
        return ledger.get()
                .orElseThrow(() -> new RostersException("the ledger cannot be reached", null))
                .rosters();
    }
}
