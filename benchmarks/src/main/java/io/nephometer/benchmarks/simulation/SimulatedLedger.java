// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.duty.Beginning;
import io.nephometer.sources.polling.duty.ClaimResult;
import io.nephometer.sources.polling.duty.Handed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as far as owners matter: epochs, claims, the fence, ids that are taken once. It has the rules of the real one
 * ({@code EpochDesk} and the fence of the commit), whose tests show that the engines keep them. Keeps an account of its own of
 * what happened, for the checker.
 */
final class SimulatedLedger {
    private final Set<Mutation> mutations;
    private final Map<WorkUnit, Tenure> owners = new HashMap<>();
    private final Map<WorkUnit, List<Begun>> history = new HashMap<>();
    private final Map<WorkUnit, SortedMap<Slot, SlotState>> slots = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable Instant roster;
    private long awayUntil;
    private long refused;
    private long fenced;

    SimulatedLedger(Set<Mutation> mutations) {
        this.mutations = mutations;
    }

    /** Nobody reaches it before. */
    void lose(long until) {
        awayUntil = Math.max(awayUntil, until);
    }

    /** When it can be reached again, since the beginning. */
    long awayUntil() {
        return awayUntil;
    }

    /** The newest roster, if anybody has listed one: the beginning of the slot. */
    record Listed(@Nullable Instant listed) {}

    Listed roster() {
        return new Listed(roster);
    }

    /** Keeps a roster unless there is one of a later slot. */
    Listed keepRoster(Instant listed) {
        if (roster == null || listed.isAfter(roster)) {
            roster = listed;
        }
        return roster();
    }

    /** When a tenure began. */
    record Begun(Tenure tenure, Instant at) {}

    /** What there is of a slot. */
    static final class SlotState {
        private @Nullable Tenure claim;
        private @Nullable Instant sign;
        private boolean measured;
        private @Nullable Shortfall missing;
        private final Map<Long, Tenure> samples = new HashMap<>();

        boolean isMeasured() {
            return measured;
        }

        @Nullable Shortfall missing() {
            return missing;
        }

        int samples() {
            return samples.size();
        }

        boolean isRecorded() {
            return measured || missing != null;
        }
    }

    private SortedMap<Slot, SlotState> of(WorkUnit unit) {
        return slots.computeIfAbsent(unit, it -> new TreeMap<>(Comparator.comparing(Slot::start)));
    }

    /** What there is; null if nothing. */
    @Nullable SlotState at(WorkUnit unit, Slot slot) {
        return of(unit).get(slot);
    }

    Beginning begin(WorkUnit unit, String owner, boolean handedOver, Instant now) {
        Tenure before = owners.get(unit);
        Tenure tenure = new Tenure(owner, before == null ? 1 : before.epoch() + 1);
        owners.put(unit, tenure);
        history.computeIfAbsent(unit, it -> new ArrayList<>()).add(new Begun(tenure, now));
        List<Slot> known = List.copyOf(of(unit).keySet());
        Instant sign = of(unit).values().stream()
                .map(state -> state.sign)
                .filter(time -> time != null)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Beginning(
                tenure, known.isEmpty() ? null : known.getLast(), holes(unit, known), before, sign, handedOver);
    }

    private List<Slot> holes(WorkUnit unit, List<Slot> known) {
        List<Slot> holes = new ArrayList<>();
        if (!known.isEmpty()) {
            for (Slot slot = known.getFirst();
                    !slot.start().isAfter(known.getLast().start());
                    slot = slot.next()) {
                SlotState state = at(unit, slot);
                if (state == null || !state.isRecorded()) {
                    holes.add(slot);
                }
            }
        }
        return holes;
    }

    /** All tenures of a unit, oldest first. */
    List<Begun> history(WorkUnit unit) {
        return history.getOrDefault(unit, List.of());
    }

    /** Null if nobody has begun yet. */
    @Nullable Tenure owner(WorkUnit unit) {
        return owners.get(unit);
    }

    ClaimResult claim(WorkUnit unit, Slot slot, Tenure tenure, Instant now) {
        SlotState state = of(unit).computeIfAbsent(slot, it -> new SlotState());
        if (!mutations.contains(Mutation.NO_FENCE) && (!tenure.equals(owners.get(unit)) || !givesWay(state, tenure))) {
            return ClaimResult.FENCED;
        }
        state.claim = higher(state.claim, tenure);
        state.sign = now;
        return state.measured ? ClaimResult.DONE : ClaimResult.GRANTED;
    }

    private static boolean givesWay(SlotState state, Tenure tenure) {
        return state.claim == null || state.claim.epoch() <= tenure.epoch();
    }

    private static Tenure higher(@Nullable Tenure one, Tenure other) {
        return one == null || one.epoch() <= other.epoch() ? other : one;
    }

    /** Takes one sample of a slot, known by {@code id}. */
    Handed commit(WorkUnit unit, Slot slot, long id, Tenure tenure, Instant now) {
        SlotState state = of(unit).computeIfAbsent(slot, it -> new SlotState());
        boolean late = !givesWay(state, tenure);
        if (late && !mutations.contains(Mutation.NO_FENCE)) {
            fenced++;
            return new Handed.Fenced();
        }
        if (late) {
            violations.add(
                    unit.name() + " " + slot.start() + ": " + tenure + " wrote after the claim of " + state.claim);
        }
        state.claim = higher(state.claim, tenure);
        state.sign = now;
        state.measured = true;
        if (state.samples.putIfAbsent(id, tenure) != null) {
            refused++;
        }
        return new Handed.Accepted();
    }

    void missing(WorkUnit unit, Slot slot, Shortfall why) {
        SlotState state = of(unit).computeIfAbsent(slot, it -> new SlotState());
        if (!state.measured) {
            state.missing = why;
        }
    }

    /** What a former owner wrote, against the rules. */
    List<String> violations() {
        return violations;
    }

    /** Samples that were there already. */
    long refused() {
        return refused;
    }

    /** Deliveries of former owners that were kept out. */
    long fenced() {
        return fenced;
    }
}
