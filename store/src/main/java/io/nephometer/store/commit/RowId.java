// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

/**
 * The key of a row of events or samples: the number of the batch above {@value #ORDINAL_BITS} bits of its place within the
 * batch. So the rows of a batch are a range of the primary key, and the log needs no index of its own.
 */
public final class RowId {
    /** Bits of the place within a batch. */
    public static final int ORDINAL_BITS = 20;

    private RowId() {}

    /** The key of the row {@code ordinal}, from 0, of {@code batch}. */
    public static long of(long batch, int ordinal) {
        if (ordinal >>> ORDINAL_BITS != 0) {
            throw new IllegalArgumentException("more than " + (1 << ORDINAL_BITS) + " rows of a kind in one batch");
        }
        return (batch << ORDINAL_BITS) | ordinal;
    }

    /** The lowest key of a batch. */
    public static long first(long batch) {
        return batch << ORDINAL_BITS;
    }

    /** The highest key of a batch. */
    public static long last(long batch) {
        return ((batch + 1) << ORDINAL_BITS) - 1;
    }
}
