// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.ownership.EpochException;
import io.nephometer.coordination.ownership.Epochs;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.duty.Beginning;
import io.nephometer.store.ledger.EpochDesk.Takeover;
import io.nephometer.store.ledger.LedgerException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Gets epochs of the ledger, and keeps how far each unit had come when its epoch was given. Thread-safe. */
final class LedgerEpochs implements Epochs {
    private final Map<String, WorkUnit> units;
    private final Supplier<Optional<LedgerDesks>> ledger;
    private final Coordinator coordinator;
    private final Runnable heard;
    private final Map<String, Beginning> beginnings = new ConcurrentHashMap<>();

    /**
     * @param units by their keys
     * @param heard called when the ledger answered
     */
    LedgerEpochs(
            Map<String, WorkUnit> units,
            Supplier<Optional<LedgerDesks>> ledger,
            Coordinator coordinator,
            Runnable heard) {
        this.units = Map.copyOf(units);
        this.ledger = ledger;
        this.coordinator = coordinator;
        this.heard = heard;
    }

    @Override
    public long take(String unit, String owner) throws EpochException {
        try {
            LedgerDesks open = ledger.get().orElseThrow(() -> new EpochException("the ledger cannot be reached", null));
            Takeover takeover = open.epochs().begin(unit(unit), owner);
            heard.run();
            beginnings.put(unit, beginning(takeover));
            return takeover.tenure().epoch();
        } catch (LedgerException e) {
            throw new EpochException(String.valueOf(e.getMessage()), e);
        }
    }

    private Beginning beginning(Takeover takeover) {
        return new Beginning(
                takeover.tenure(),
                takeover.newest(),
                takeover.holes(),
                takeover.before(),
                takeover.lastSign(),
                isHandedOver(takeover));
    }

    /**
     * Whether the owner before lives, and so ends what it is at; also while it takes no part. If nobody can tell, it is not waited for, nor for
     * another process that merely has its name.
     */
    private boolean isHandedOver(Takeover takeover) {
        Tenure before = takeover.before();
        if (before == null || before.owner().equals(takeover.tenure().owner())) {
            return false;
        }
        try {
            return coordinator.members().live().stream()
                    .map(Presence::member)
                    .anyMatch(
                            member -> member.name().equals(before.owner()) && PlanGroups.isOfPolling(member.groups()));
        } catch (CoordinationException e) {
            return false;
        }
    }

    /** The unit with this key. */
    WorkUnit unit(String key) {
        WorkUnit unit = units.get(key);
        if (unit == null) {
            throw new IllegalArgumentException("no unit of work is called " + key);
        }
        return unit;
    }

    /** How far the unit had come when this epoch of it was given; empty if a later one was given since. */
    Optional<Beginning> beginning(String unit, long epoch) {
        return Optional.ofNullable(beginnings.get(unit))
                .filter(beginning -> beginning.tenure().epoch() == epoch);
    }
}
