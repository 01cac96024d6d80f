// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out what a former owner brings of a slot that its successor has claimed. What it lets pass stays right until the end of
 * the transaction: a successor that claims the slot meanwhile waits for it.
 */
final class Fence {
    private final Steps steps;
    private final Transaction transaction;

    Fence(Steps steps, Transaction transaction) {
        this.steps = steps;
        this.transaction = transaction;
    }

    /** The same rulings, but for accepted parts of slots that have a later owner. {@code now} in microseconds. */
    List<Admission.Ruling> apply(List<PreparedMessage> messages, List<Admission.Ruling> rulings, long now)
            throws SQLException {
        SortedMap<Claimed, Boolean> claims = new TreeMap<>();
        for (int i = 0; i < messages.size(); i++) {
            Claimed claimed = Claimed.of(messages.get(i));
            if (claimed != null && rulings.get(i) instanceof Admission.Ruling.Accepted) {
                claims.put(claimed, false);
            }
        }
        if (claims.isEmpty()) {
            return rulings;
        }
        steps.run(CommitStep.FENCE, () -> check(claims, now));
        List<Admission.Ruling> after = new ArrayList<>(rulings);
        for (int i = 0; i < messages.size(); i++) {
            Claimed claimed = Claimed.of(messages.get(i));
            if (claimed != null && Boolean.FALSE.equals(claims.get(claimed))) {
                after.set(i, new Admission.Ruling.Fenced());
            }
        }
        return after;
    }

    /** In one order, so that two writers wait for one another rather than deadlock. */
    private boolean check(SortedMap<Claimed, Boolean> claims, long now) throws SQLException {
        SlotRegister slots = new SlotRegister(transaction);
        ClaimRegister register = new ClaimRegister(transaction);
        for (Map.Entry<Claimed, Boolean> claim : claims.entrySet()) {
            Claimed claimed = claim.getKey();
            int member = slots.member(slots.source(claimed.slot()), claimed.unit());
            SlotRow.Key key = new SlotRow.Key(member, claimed.slot().start().getEpochSecond() * 1_000_000);
            Tenure tenure = claimed.tenure();
            claim.setValue(register.holds(new ClaimRegister.Row(key, tenure.epoch(), tenure.owner()), now));
        }
        return true;
    }

    /** What a message brings under a tenure. Parts of one slot are one. */
    private record Claimed(Slot slot, String unit, Tenure tenure) implements Comparable<Claimed> {
        private static final Comparator<Claimed> ORDER = Comparator.comparing(
                        (Claimed it) -> it.slot().source())
                .thenComparing(it -> it.slot().interval())
                .thenComparing(Claimed::unit)
                .thenComparing(it -> it.slot().start())
                .thenComparingLong(it -> it.tenure().epoch())
                .thenComparing(it -> it.tenure().owner());

        static @Nullable Claimed of(PreparedMessage message) {
            PreparedMessage.PreparedPart prepared = message.part();
            SlotPart part = prepared == null ? null : prepared.part();
            Tenure tenure = part == null ? null : part.tenure();
            return part == null || tenure == null ? null : new Claimed(part.slot(), part.member(), tenure);
        }

        @Override
        public int compareTo(Claimed that) {
            return ORDER.compare(this, that);
        }
    }
}
