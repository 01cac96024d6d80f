// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.duty.Order;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about: one unit lists them and keeps the roster in the ledger, all others read it there. What an agent knows of it, it
 * remembers for when the ledger does not answer. A roster is known by the beginning of the slot that it was listed in.
 */
final class SimulatedRosters {
    private final SimulatedAgent agent;
    private final Set<Mutation> mutations;
    private final SimulatedLedger ledger;
    private final Account account;
    private final WorkUnit lister;
    private @Nullable Instant known;

    SimulatedRosters(
            SimulatedAgent agent, Set<Mutation> mutations, SimulatedLedger ledger, Account account, WorkUnit lister) {
        this.agent = agent;
        this.mutations = mutations;
        this.ledger = ledger;
        this.account = account;
        this.lister = lister;
    }

    /** What measuring has to do with rosters; then the shortfall, if it can go no further. */
    void during(Order.Measure order, Consumer<@Nullable Shortfall> then) {
        if (order.unit().equals(lister)) {
            keep(order.slot().start(), then);
        } else {
            read(order, then);
        }
    }

    /** A ledger that does not take it leaves it to this agent alone. */
    private void keep(Instant listed, Consumer<@Nullable Shortfall> then) {
        remember(listed);
        agent.toLedger(() -> ledger.keepRoster(listed), _ -> then.accept(null));
    }

    private void read(Order.Measure order, Consumer<@Nullable Shortfall> then) {
        agent.toLedger(ledger::roster, newest -> {
            if (newest != null && newest.listed() != null) {
                remember(newest.listed());
            }
            Instant used = newest == null && mutations.contains(Mutation.FORGOTTEN_ROSTER) ? null : known;
            if (used == null && newest != null) {
                account.unlisted(order.unit(), order.slot());
            }
            then.accept(used == null ? new Shortfall("no_roster", 0, "nobody can tell who is asked about") : null);
        });
    }

    private void remember(Instant listed) {
        known = known == null || listed.isAfter(known) ? listed : known;
    }
}
