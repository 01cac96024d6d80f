// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.util.Comparator;

/**
 * A live member.
 *
 * @param joined given by the coordinator when this membership began: greater for who came later, and another one after the member was
 *     dropped and came again. Drivers may take a time of the coordinator for it; nobody reads it as one.
 */
public record Presence(Member member, long joined) implements Comparable<Presence> {
    private static final Comparator<Presence> BY_NAME_AND_AGE = Comparator.comparing(
                    (Presence one) -> one.member().name())
            .thenComparingLong(Presence::joined)
            .thenComparing(one -> one.member().incarnation());

    /** By name; of two with one name, who came first comes first. */
    @Override
    public int compareTo(Presence other) {
        return BY_NAME_AND_AGE.compare(this, other);
    }
}
