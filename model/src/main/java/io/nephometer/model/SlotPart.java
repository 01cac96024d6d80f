// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member says with the samples that it took in a slot. A slot that is too large for one message travels in parts; each part
 * tells the same but its number, so that the ledger knows when it has all.
 *
 * @param member who measured: the host of a compute agent
 * @param measured when it was measured, the same in all parts of one cycle; null if nothing could be
 * @param part from 1 to {@code parts}
 * @param parts how many there are, at most {@value #MOST_PARTS}
 * @param shortfalls what should have been measured and was not, and why; said in the last part
 * @param tenure under what right, if several may measure the same: the ledger takes nothing of a slot that a later owner has
 *     claimed; null if nobody else can
 * @param incarnation which run of the member; null if it does not say, and of what is measured under a tenure
 */
public record SlotPart(
        Slot slot,
        String member,
        @Nullable Instant measured,
        int part,
        int parts,
        List<Shortfall> shortfalls,
        @Nullable Tenure tenure,
        @Nullable Incarnation incarnation) {
    /** More parts would be a message for every few samples. */
    public static final int MOST_PARTS = 4096;

    public SlotPart {
        if (member.isBlank()) {
            throw new IllegalArgumentException("the member that measured a slot has no name");
        }
        if (part < 1 || part > parts || parts > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "part " + part + " of " + parts + " parts; at most " + MOST_PARTS + " are allowed");
        }
        shortfalls = List.copyOf(shortfalls);
    }

    /** What nobody else can measure. */
    public SlotPart(
            Slot slot, String member, @Nullable Instant measured, int part, int parts, List<Shortfall> shortfalls) {
        this(slot, member, measured, part, parts, shortfalls, null, null);
    }

    /** Measured under a tenure, or by who does not say which run of it measured. */
    public SlotPart(
            Slot slot,
            String member,
            @Nullable Instant measured,
            int part,
            int parts,
            List<Shortfall> shortfalls,
            @Nullable Tenure tenure) {
        this(slot, member, measured, part, parts, shortfalls, tenure, null);
    }

    /** The same, by a run of the member. */
    public SlotPart by(Incarnation run) {
        return new SlotPart(slot, member, measured, part, parts, shortfalls, tenure, run);
    }
}
