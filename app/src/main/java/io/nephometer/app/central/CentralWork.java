// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.duty.ClaimResult;
import io.nephometer.sources.polling.duty.DutyWork;
import io.nephometer.sources.polling.duty.Handed;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims in the ledger, measures in the cloud, and hands over by way of the spool. Safe for several threads. */
final class CentralWork implements DutyWork {
    private static final Logger LOG = LoggerFactory.getLogger(CentralWork.class);
    /** While neither ledger nor disk take anything. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(10);

    private final Supplier<Optional<LedgerDesks>> ledger;
    private final UnitMeasuring measuring;
    private final MeasurementSink sink;
    private final InstantSource clock;
    private final Runnable heard;
    private final CountDownLatch stop;

    /**
     * @param heard called when the ledger answered
     * @param stop ends what waits
     */
    CentralWork(
            Supplier<Optional<LedgerDesks>> ledger,
            UnitMeasuring measuring,
            MeasurementSink sink,
            InstantSource clock,
            Runnable heard,
            CountDownLatch stop) {
        this.ledger = ledger;
        this.measuring = measuring;
        this.sink = sink;
        this.clock = clock;
        this.heard = heard;
        this.stop = stop;
    }

    @Override
    public ClaimResult claim(WorkUnit unit, Slot slot, Tenure tenure) {
        try {
            Optional<LedgerDesks> open = ledger.get();
            if (open.isEmpty()) {
                return ClaimResult.UNKNOWN;
            }
            ClaimResult result =
                    switch (open.get().epochs().claim(unit, slot, tenure)) {
                        case GRANTED -> ClaimResult.GRANTED;
                        case DONE -> ClaimResult.DONE;
                        case FENCED -> ClaimResult.FENCED;
                    };
            heard.run();
            return result;
        } catch (LedgerException e) {
            LOG.warn("Slot {} of {} is measured without a claim: {}", slot.start(), unit.key(), e.getMessage());
            return ClaimResult.UNKNOWN;
        }
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot, Tenure tenure)
            throws UnmeasurableException, InterruptedException {
        return measuring.measure(unit, slot).under(tenure);
    }

    @Override
    public Handed deliver(SlotMeasurements measurements) throws InterruptedException {
        String why;
        do {
            switch (sink.accept(measurements)) {
                case SinkOutcome.Accepted _ -> {
                    return new Handed.Accepted();
                }
                case SinkOutcome.Rejected(String reason, String cause) -> {
                    return new Handed.Lost(reason + ": " + cause);
                }
                case SinkOutcome.Retry(String cause, Duration notBefore) -> {
                    why = cause;
                    Duration wait = notBefore.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : notBefore;
                    if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                        return new Handed.Lost(why);
                    }
                }
            }
        } while (clock.instant().isBefore(measurements.slot().end()));
        return new Handed.Lost(why);
    }

    @Override
    public boolean tell(WorkUnit unit, Slot slot, Shortfall why) throws InterruptedException {
        return switch (sink.accept(SlotMeasurements.missing(slot, unit.name(), why))) {
            case SinkOutcome.Accepted _ -> true;
            case SinkOutcome.Retry _ -> false;
            case SinkOutcome.Rejected(String reason, String cause) -> {
                LOG.error(
                        "Slot {} of {} is missing ({}), and the ledger does not want to know: {} {}",
                        slot.start(),
                        unit.key(),
                        why.detail(),
                        reason,
                        cause);
                yield true;
            }
        };
    }
}
