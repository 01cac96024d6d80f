// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nephometer.sources.notifications.Gap;
import io.nephometer.sources.notifications.GapListener;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RecordedGap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes gaps of the sources to the ledger. What is told while the ledger is away waits here, the newest state of each gap, and
 * is written when it returns; a bound keeps the oldest from filling the memory. Thread-safe.
 */
final class GapRecorder implements GapListener {
    private static final Logger LOG = LoggerFactory.getLogger(GapRecorder.class);
    private static final int MOST = 10_000;

    private final String source;
    private final Supplier<Optional<Ledger>> ledger;
    private final MeterRegistry registry;
    private final Instant processStart;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<RecordedGap.Key, RecordedGap> unwritten = new LinkedHashMap<>();

    /** @param processStart stands for the beginning of gaps that began before this process did */
    GapRecorder(String source, Supplier<Optional<Ledger>> ledger, MeterRegistry registry, Instant processStart) {
        this.source = source;
        this.ledger = ledger;
        this.registry = registry;
        this.processStart = processStart;
    }

    @Override
    public void gap(Gap gap) {
        String kind = gap.kind().name();
        RecordedGap.Key key =
                new RecordedGap.Key(source, kind, gap.subject(), gap.from() == null ? processStart : gap.from());
        RecordedGap recorded =
                new RecordedGap(key, gap.from() == null, gap.to(), gap.lost(), gap.atLeast(), gap.detail());
        boolean first;
        lock.lock();
        try {
            first = unwritten.put(key, recorded) == null;
            if (unwritten.size() > MOST) {
                unwritten.remove(unwritten.keySet().iterator().next());
                registry.counter("nephometer.gaps.forgotten").increment();
            }
        } finally {
            lock.unlock();
        }
        if (first && gap.to() == null) {
            registry.counter("nephometer.gaps", Tags.of("source", source, "kind", kind.toLowerCase(Locale.ROOT)))
                    .increment();
            LOG.warn(
                    "Gap in {}: {} {} since {}: {}",
                    source,
                    kind,
                    gap.subject(),
                    gap.from() == null ? "before this process began" : gap.from(),
                    gap.detail());
        }
    }

    /** Writes what waits, if the ledger is there. */
    void flush() {
        List<RecordedGap> waiting;
        lock.lock();
        try {
            waiting = new ArrayList<>(unwritten.values());
        } finally {
            lock.unlock();
        }
        if (waiting.isEmpty()) {
            return;
        }
        try {
            ledger.get().ifPresent(open -> {
                open.gaps().record(waiting);
                forget(waiting);
            });
        } catch (LedgerException e) {
            LOG.debug("Gaps of {} wait for the ledger: {}", source, e.getMessage());
        }
    }

    /** Those that were told again meanwhile stay. */
    private void forget(List<RecordedGap> written) {
        lock.lock();
        try {
            written.forEach(gap -> unwritten.remove(gap.key(), gap));
        } finally {
            lock.unlock();
        }
    }
}
