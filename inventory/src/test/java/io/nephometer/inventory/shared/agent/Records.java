// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.openstack.nova.Microversion;
import java.time.Duration;
import java.time.Instant;

/** What refreshers write about their refreshes. */
final class Records {
    private Records() {}

    static String good(Instant at) {
        return of(Refresh.Outcome.DONE, "", at, at);
    }

    static String failed(Instant at, Instant good) {
        return of(Refresh.Outcome.FAILED, "Nova answered 503", at, good);
    }

    private static String of(Refresh.Outcome outcome, String detail, Instant at, Instant good) {
        return RefreshRecordBody.write(new RefreshRecord(
                "test",
                Refresh.Kind.CHANGES,
                outcome,
                detail,
                at,
                Duration.ofMillis(20),
                new Refresh.Requests(1, 0, 0, 0),
                RefreshRecord.Found.NOTHING,
                new RefreshRecord.Complete(good, true, good),
                new RefreshRecord.Wholes(at.plus(Duration.ofDays(1)), null, null, null),
                null,
                0,
                new Microversion(2, 93)));
    }
}
