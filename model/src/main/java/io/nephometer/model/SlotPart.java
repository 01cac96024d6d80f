// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.List;

/**
 * What a member says with the samples that it took in a slot. A slot that is too large for one message travels in parts; each part
 * tells the same but its number, so that the ledger knows when it has all.
 *
 * @param member who measured: the host of a compute agent
 * @param part from 1 to {@code parts}
 * @param parts how many there are
 * @param shortfalls what should have been measured and was not, and why; said in the last part
 */
public record SlotPart(Slot slot, String member, int part, int parts, List<Shortfall> shortfalls) {
    public SlotPart {
        if (part < 1 || part > parts) {
            throw new IllegalArgumentException("part " + part + " of " + parts + " parts");
        }
        shortfalls = List.copyOf(shortfalls);
    }
}
