// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Duration;

/**
 * When periods are audited, whatever is audited of them.
 *
 * @param periods how time is cut
 * @param settle how long after the end of a period everything that happened in it is visible: longer than the longest transaction of the cloud
 * @param catchUp how far back periods that were missed are audited
 * @param overdue how long after its end a period may be unaudited before that is told
 */
public record AuditOptions(Periods periods, Duration settle, Duration catchUp, Duration overdue) {
    public AuditOptions {
        if (settle.isNegative() || catchUp.isNegative() || overdue.isNegative()) {
            throw new IllegalArgumentException("times of an audit are not negative");
        }
    }
}
