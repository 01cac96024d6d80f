// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cloud as it was, from wherever it may be read. It cannot write. An answer says where it was read and up to when it is complete there;
 * whoever asks decides whether that is enough, so that no copy, however old, leads to a wrong number.
 */
public interface Inventory {
    /**
     * Where a reader that needs everything up to {@code needed} would be sent.
     *
     * @throws AuditException if nobody answers
     */
    Place place(Instant needed) throws AuditException;

    /**
     * The instances that lived in a period, of the hosts of one share, ordered by id, each as it was at the end of the period; all of one state
     * of the database.
     *
     * @param needed as above
     */
    Window window(Period period, int share, Instant needed) throws AuditException;

    /**
     * Where the inventory is read.
     *
     * @param source for people: {@code primary}
     * @param from of what happened before, something may be missing; null if the cloud was never read whole
     * @param watermark everything that happened before is known; null as above
     */
    record Place(
            String source, @Nullable Instant from, @Nullable Instant watermark) {}

    /** An answer, with the place where it was read. */
    record Window(Place place, List<InstanceVersion> instances) {
        public Window {
            instances = List.copyOf(instances);
        }
    }
}
