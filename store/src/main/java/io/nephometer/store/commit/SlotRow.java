// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.BitSet;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a member delivered of one slot, as stored. Times are microseconds since the epoch.
 *
 * @param measured when the cycle measured that the parts are of; null if it could not
 * @param firstCommitted when anything came
 * @param lastCommitted when the latest part came that was not there yet
 * @param parts how many there are
 * @param samples committed from this member
 * @param refused samples that were there already
 * @param seen bit n − 1 for part n, lowest bit first
 * @param shortfalls see {@link ShortfallsJson}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but the database
public record SlotRow(
        Key key,
        @Nullable Long measured,
        long firstCommitted,
        long lastCommitted,
        int parts,
        int samples,
        int refused,
        byte[] seen,
        @Nullable String shortfalls) {

    /** Whether all parts came of a cycle that measured. */
    public boolean isWhole() {
        return measured != null && BitSet.valueOf(seen).cardinality() == parts;
    }

    /**
     * Whose slot.
     *
     * @param member reference
     * @param began its beginning
     */
    public record Key(int member, long began) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::member).thenComparingLong(Key::began);

        @Override
        public int compareTo(Key that) {
            return ORDER.compare(this, that);
        }
    }
}
