// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.UUID;

/**
 * What one message says about one resource at one time, as stored: one row, whatever the number of meters. References are
 * never null, because a null would cost every row of PostgreSQL eight bytes: 0 stands for none.
 *
 * @param id see {@link RowId}
 * @param measured microseconds since the epoch
 * @param metadata reference to the version of the resource's metadata
 * @param message the key of the message that carried it
 * @param resource reference, 0 for none
 * @param project reference, 0 for none
 * @param user reference, 0 for none
 * @param pack the volumes, see {@link SamplePack}
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to the driver; never compared
public record SampleRow(
        long id, long measured, long metadata, UUID message, int resource, int project, int user, byte[] pack) {}
