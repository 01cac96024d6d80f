// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

/** The parts that work per resource is divided into, however many members there are. */
public final class Partitions {
    /** Enough for a dozen members to have alike many; few enough to be listed. Never changes: slots in a ledger name partitions. */
    public static final int COUNT = 64;

    private Partitions() {}

    /**
     * The partition of a resource, from 0 on.
     *
     * @param id one that never changes: never built of attributes
     */
    public static int of(String id) {
        return (int) Long.remainderUnsigned(StableHash.of(id), COUNT);
    }
}
