// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.Comparator;

/**
 * What is measured of one resource at one time in a slot, as stored. References are as in {@link SampleRow}.
 *
 * @param id see {@link RowId}
 * @param measured microseconds since the epoch
 * @param key what no other row has
 * @param metadata reference to the version of the resource's metadata
 * @param project reference, 0 for none
 * @param user reference, 0 for none
 * @param pack the volumes, see {@link SamplePack}
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to the driver; never compared
public record SlotSampleRow(long id, long measured, Key key, long metadata, int project, int user, byte[] pack) {
    /** All writers insert in this order, so that those who measured the same wait for one another rather than deadlock. */
    static final Comparator<SlotSampleRow> ORDER = Comparator.comparingLong(
                    (SlotSampleRow row) -> row.key().place().began())
            .thenComparingInt(row -> row.key().place().resource())
            .thenComparingInt(row -> row.key().place().source())
            .thenComparingInt(row -> row.key().number());

    /**
     * A resource in a slot.
     *
     * @param source reference
     * @param began beginning of the slot, microseconds since the epoch
     * @param resource reference
     */
    public record Place(short source, long began, int resource) {}

    /**
     * The key of a row.
     *
     * @param number 0 for the first row of the place; a message that brings further meters takes the next one
     */
    public record Key(Place place, short number) {}
}
