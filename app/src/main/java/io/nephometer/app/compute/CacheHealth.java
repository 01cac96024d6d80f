// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.runtime.Health;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether what an agent knows of its instances is as fresh as it should be, and if not, how old it is and why. */
final class CacheHealth {
    /** With a feed of notifications the shared cache is refreshed each ten minutes. */
    private static final Duration STALE = Duration.ofMinutes(20);

    private CacheHealth() {}

    static Health of(CacheReport report) {
        String failure = report.failure();
        if (failure != null) {
            return new Health.Degraded(age(report) + "; " + report.failures()
                    + (report.failures() == 1 ? " refresh failed: " : " refreshes failed: ") + failure);
        }
        SharedReport shared = report.shared();
        Refresh last = report.last();
        if (last == null) {
            return new Health.Up((shared == null ? "Nova" : "The shared cache")
                    + " was not asked yet, which happens with the first cycle that the hypervisor answers");
        }
        if (last.outcome() == Refresh.Outcome.INCOMPLETE) {
            return new Health.Degraded(age(report) + "; something is missing in it: " + last.detail());
        }
        String trouble = shared == null ? null : trouble(report, shared);
        if (trouble == null) {
            trouble = HostClock.trouble(report);
        }
        return trouble == null
                ? new Health.Up(report.instances().entries() + " instances known")
                : new Health.Degraded(age(report) + "; " + trouble);
    }

    private static @Nullable String trouble(CacheReport report, SharedReport shared) {
        if (shared.isFallenBack()) {
            return "Nova is asked for this host alone, since " + shared.cause();
        }
        if (report.age().compareTo(STALE) < 0) {
            return null;
        }
        SharedReport.Seen seen = shared.seen();
        return seen == null || seen.seat() == null
                ? "nobody refreshes the shared cache: does the role central run?"
                : seen.seat()
                        + " refreshes the shared cache, without success; cache show tells what its last refresh did";
    }

    private static String age(CacheReport report) {
        return report.asOf() == null
                ? "there is no metadata yet"
                : "metadata is " + report.age().toSeconds() + " s old";
    }
}
