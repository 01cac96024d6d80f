// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.util.Collection;
import java.util.Optional;

/**
 * Who owns a unit of work among members: the one whose weight for this unit is the highest. All who know the same members find the same
 * owner. Who joins takes units from all others alike, who leaves gives them to all alike, and nothing else moves.
 */
public final class Rendezvous {
    private Rendezvous() {}

    /** The owner of a unit; empty if there is nobody. */
    public static Optional<String> owner(String unit, Collection<String> names) {
        String owner = null;
        long highest = 0;
        for (String name : names) {
            long weight = weight(unit, name);
            int order = owner == null ? 1 : Long.compareUnsigned(weight, highest);
            if (owner == null || order > 0 || (order == 0 && name.compareTo(owner) > 0)) {
                owner = name;
                highest = weight;
            }
        }
        return Optional.ofNullable(owner);
    }

    private static long weight(String unit, String name) {
        return StableHash.of(unit, name);
    }
}
