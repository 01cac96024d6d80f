// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.model.UsageCount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the audit of bandwidth counted of the same period. It is waited for while that may still come; after that what there is is all. Used
 * by one thread.
 */
public final class CountedBandwidth implements Bandwidth {
    private final CountBook counts;
    private final AuditBook book;
    private final Duration patience;
    private @Nullable Period period;
    private Traffic traffic = Traffic.UNTOLD;

    /** @param patience how long after the end of a period its bandwidth is waited for */
    public CountedBandwidth(CountBook counts, AuditBook book, Duration patience) {
        this.counts = counts;
        this.book = book;
        this.patience = patience;
    }

    @Override
    public Optional<Traffic> of(Period wanted) throws AuditException {
        if (wanted.equals(period)) {
            return Optional.of(traffic);
        }
        if (!isCounted(wanted)) {
            boolean waits = book.now().isBefore(wanted.end().plus(patience));
            return waits ? Optional.empty() : Optional.of(read(wanted));
        }
        traffic = read(wanted);
        period = wanted;
        return Optional.of(traffic);
    }

    private boolean isCounted(Period wanted) throws AuditException {
        return book.done(PollBandwidthUsage.TASK, wanted).size() == HostShare.COUNT;
    }

    private Traffic read(Period wanted) throws AuditException {
        Map<String, Map<String, Map<String, Long>>> byInstance = new HashMap<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            for (UsageCount row : counts.counted(PollBandwidthUsage.TASK, wanted, share)) {
                CountedUsage usage = CountedUsage.of(row);
                Map<String, Long> both = new TreeMap<>();
                both.put("bw_in", usage.counted("bw_in"));
                both.put("bw_out", usage.counted("bw_out"));
                byInstance
                        .computeIfAbsent(usage.subject().instance(), _ -> new TreeMap<>())
                        .put(usage.subject().part(), both);
            }
        }
        return new Traffic(byInstance);
    }
}
