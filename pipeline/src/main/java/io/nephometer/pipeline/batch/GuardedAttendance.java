// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Processed;
import io.nephometer.pipeline.decode.Notification;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a batch from a companion that fails: from then on it goes on without. */
final class GuardedAttendance implements BatchCompanion.Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedAttendance.class);

    private BatchCompanion.Attendance attendance;

    private GuardedAttendance(BatchCompanion.Attendance attendance) {
        this.attendance = attendance;
    }

    static GuardedAttendance of(BatchCompanion companion) {
        try {
            return new GuardedAttendance(companion.attend());
        } catch (RuntimeException e) {
            return new GuardedAttendance(given(e));
        }
    }

    @Override
    public void notified(Notification notification) {
        try {
            attendance.notified(notification);
        } catch (RuntimeException e) {
            attendance = given(e);
        }
    }

    @Override
    public List<Processed> complete(List<Processed> entries) {
        try {
            List<Processed> completed = attendance.complete(entries);
            if (completed.size() == entries.size()) {
                return completed;
            }
            throw new IllegalStateException(entries.size() + " messages became " + completed.size());
        } catch (RuntimeException e) {
            attendance = given(e);
            return entries;
        }
    }

    private static BatchCompanion.Attendance given(RuntimeException defect) {
        LOG.error("Defect: what goes on beside a batch failed; the batch is committed without", defect);
        return BatchCompanion.Attendance.NONE;
    }
}
