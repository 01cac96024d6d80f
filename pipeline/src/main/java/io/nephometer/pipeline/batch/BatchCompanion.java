// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Processed;
import io.nephometer.pipeline.decode.Notification;
import java.util.List;

/**
 * Somebody who sees each batch before it is committed, and may complete it. It can neither fail a batch nor hold it up: what it
 * throws is logged and the batch goes on without, and it bounds its own waiting. A batch that is given back comes again, so it may
 * see a message more than once. Thread-safe.
 */
@FunctionalInterface
public interface BatchCompanion {
    /** Somebody who does nothing. */
    BatchCompanion NONE = () -> Attendance.NONE;

    /** Begins with the next batch. */
    Attendance attend();

    /** The two, one after the other. */
    static BatchCompanion both(BatchCompanion first, BatchCompanion second) {
        return () -> {
            Attendance one = first.attend();
            Attendance other = second.attend();
            return new Attendance() {
                @Override
                public void notified(Notification notification) {
                    one.notified(notification);
                    other.notified(notification);
                }

                @Override
                public List<Processed> complete(List<Processed> entries) {
                    return other.complete(one.complete(entries));
                }
            };
        };
    }

    /** One batch. For one thread. */
    interface Attendance {
        Attendance NONE = new Attendance() {};

        /** A notification of the batch, in their order; not called for what cannot be read. */
        default void notified(Notification notification) {}

        /**
         * The batch is about to be committed.
         *
         * @return what is to be committed: for each entry itself or the same message, completed
         */
        default List<Processed> complete(List<Processed> entries) {
            return entries;
        }
    }
}
