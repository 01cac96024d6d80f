// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The inspector, for several intervals: one after the other asks it, and learns when the counters were read. */
final class Hypervisor {
    private final Inspector inspector;
    private final InstantSource clock;
    private final Ticker ticker;
    private final ComputeObserver observer;
    private final Semaphore turn = new Semaphore(1, true);

    Hypervisor(Inspector inspector, InstantSource clock, Ticker ticker, ComputeObserver observer) {
        this.inspector = inspector;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
    }

    record Answer(Inspection inspection, MeasuringTime measured) {}

    Answer inspect(Set<CounterGroup> wanted) throws HypervisorException, InterruptedException {
        turn.acquire();
        try {
            long before = ticker.nanos();
            Inspection inspection = inspector.inspect(wanted);
            long after = ticker.nanos();
            observer.inspected(
                    Duration.ofNanos(after - before),
                    inspection.domains().size(),
                    inspection.faults().size());
            return new Answer(inspection, new MeasuringTime(inspection.measured(), nanos(inspection, before, after)));
        } finally {
            turn.release();
        }
    }

    /** The moment of reading on the ticker: as long ago as the wall clock says, but not before the question. */
    private long nanos(Inspection inspection, long before, long after) {
        long ago = Duration.between(inspection.measured(), clock.instant()).toNanos();
        return Math.clamp(after - ago, before, after);
    }
}
