// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.coordination.Members;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.ClusterView.UnitOwner;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Units that were owned once and that no member knows any more: after some time their slots are not expected any longer. A member that alone
 * knows a unit may merely be away: so it takes an hour, and three periods of the unit. For one thread at a time.
 */
final class ForgottenUnits {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenUnits.class);
    private static final Duration LEAST = Duration.ofHours(1);
    private static final int PERIODS = 3;
    private static final String REASON = "no member of central polling knows it any more";

    /** By unit: since when it has been seen that nobody knows it, by a ticker. */
    private final Map<WorkUnit, Long> forgotten = new HashMap<>();

    private final Set<WorkUnit> retired = new HashSet<>();
    private final Duration longestGap;
    private @Nullable Long looked;

    /** @param longestGap between two looks; what was not seen for longer may have been otherwise meanwhile */
    ForgottenUnits(Duration longestGap) {
        this.longestGap = longestGap;
    }

    /** As {@link io.nephometer.store.ledger.SlotDesk#retire}. */
    @FunctionalInterface
    interface Desk {
        int retire(String member, String source, Duration interval, String reason);
    }

    /**
     * Looks once.
     *
     * @param owned units that have had an owner
     * @param members who takes part in central polling
     */
    void look(Collection<UnitOwner> owned, Members members, long now, Desk desk) {
        Collection<Set<String>> told = members.groups().values();
        Set<String> known = told.stream().flatMap(Set::stream).collect(Collectors.toSet());
        // Who tells no plan is of an earlier program, and may know anything.
        boolean allTell =
                told.stream().noneMatch(groups -> PlanGroups.plan(groups).isEmpty());
        List<WorkUnit> unknown = owned.stream()
                .map(UnitOwner::unit)
                .filter(unit -> allTell && !known.contains(PlanGroups.group(unit)))
                .toList();
        if (looked != null && now - looked > longestGap.toNanos()) {
            forgotten.clear();
        }
        looked = now;
        forgotten.keySet().retainAll(unknown);
        retired.retainAll(unknown);
        for (WorkUnit unit : unknown) {
            long since = forgotten.computeIfAbsent(unit, _ -> now);
            if (now - since >= patience(unit).toNanos() && retired.add(unit)) {
                retire(unit, desk);
            }
        }
    }

    private static Duration patience(WorkUnit unit) {
        Duration periods = unit.interval().multipliedBy(PERIODS);
        return periods.compareTo(LEAST) > 0 ? periods : LEAST;
    }

    /** Units of other works have no slots. */
    private static void retire(WorkUnit unit, Desk desk) {
        if (desk.retire(unit.name(), unit.source(), unit.interval(), REASON) > 0) {
            LOG.warn("Slots of {} are not expected any more: {} since {}", unit.key(), REASON, patience(unit));
        }
    }
}
