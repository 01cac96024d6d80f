// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.RostersException;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RosterDesk;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rosters that the members of a cluster share in the ledger. */
final class LedgerRosters implements Rosters {
    private final Supplier<Optional<Ledger>> ledger;

    LedgerRosters(Supplier<Optional<Ledger>> ledger) {
        this.ledger = ledger;
    }

    @Override
    public void put(String name, Instant slotStart, String content) throws RostersException {
        try {
            desk().put(name, new RosterDesk.Roster(slotStart, content));
        } catch (LedgerException e) {
            throw new RostersException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public @Nullable String newest(String name) throws RostersException {
        try {
            RosterDesk.Roster roster = desk().newest(name);
            return roster == null ? null : roster.content();
        } catch (LedgerException e) {
            throw new RostersException(String.valueOf(e.getMessage()), e);
        }
    }

    private RosterDesk desk() throws RostersException {
        return ledger.get()
                .orElseThrow(() -> new RostersException("the ledger cannot be reached", null))
                .rosters();
    }
}
