// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.EpochDesk;
import io.nephometer.store.ledger.RosterDesk;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Desks that answer or fail within a limit, whatever the ledger does. */
final class PromptDesks {
    private PromptDesks() {}

    /** Asks, and waits no longer than may be; throws what a desk may throw. */
    @FunctionalInterface
    interface Asking {
        <T extends @Nullable Object> T ask(String what, Supplier<T> question);
    }

    static LedgerDesks of(Supplier<LedgerDesks> desks, Asking asking) {
        return new LedgerDesks(new Epochs(desks, asking), new Rosters(desks, asking));
    }

    private record Epochs(Supplier<LedgerDesks> desks, Asking asking) implements EpochDesk {
        @Override
        public Instant now() {
            return asking.ask("time", () -> desks.get().epochs().now());
        }

        @Override
        public Takeover begin(WorkUnit unit, String owner) {
            return asking.ask("epoch", () -> desks.get().epochs().begin(unit, owner));
        }

        @Override
        public Claim claim(WorkUnit unit, Slot slot, Tenure tenure) {
            return asking.ask("claim", () -> desks.get().epochs().claim(unit, slot, tenure));
        }
    }

    private record Rosters(Supplier<LedgerDesks> desks, Asking asking) implements RosterDesk {
        @Override
        public void put(String name, Roster roster) {
            asking.ask("roster", () -> {
                desks.get().rosters().put(name, roster);
                return true;
            });
        }

        @Override
        public @Nullable Roster newest(String name) {
            return asking.<@Nullable Roster>ask(
                    "roster", () -> desks.get().rosters().newest(name));
        }

        @Override
        public @Nullable Roster newerThan(String name, Instant slotStart) {
            return asking.<@Nullable Roster>ask(
                    "roster", () -> desks.get().rosters().newerThan(name, slotStart));
        }
    }
}
