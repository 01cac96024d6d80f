// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands measurements to the sink. What it does not take while the slot lasts is lost; that it is lost is told as soon as the
 * sink takes something again. For one thread.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** Of slots that are missing; they are small. */
    private static final int MOST_UNTOLD = 1_000;

    private final MeasurementSink sink;
    private final InstantSource clock;
    private final SlotObserver observer;
    private final Pause pause;
    private final Deque<SlotMeasurements> untold = new ArrayDeque<>();

    Delivery(MeasurementSink sink, InstantSource clock, SlotObserver observer, Pause pause) {
        this.sink = sink;
        this.clock = clock;
        this.observer = observer;
        this.pause = pause;
    }

    /** Measurements: tried again while their slot lasts. False if they are lost. */
    boolean deliver(SlotMeasurements measurements) throws InterruptedException {
        SinkOutcome outcome = hand(measurements);
        while (outcome instanceof SinkOutcome.Retry retry && mayRetry(measurements, retry.notBefore())) {
            if (pause.await(retry.notBefore())) {
                break;
            }
            outcome = hand(measurements);
        }
        switch (outcome) {
            case SinkOutcome.Accepted _ -> tellAll();
            case SinkOutcome.Retry(String why, Duration _) -> lose(measurements, "not_taken_in_time", why);
            case SinkOutcome.Rejected(String reason, String why) -> lose(measurements, reason, why);
        }
        return outcome instanceof SinkOutcome.Accepted;
    }

    /** A sink with a defect loses what it was given, and is given the next all the same. */
    private SinkOutcome hand(SlotMeasurements measurements) throws InterruptedException {
        try {
            return sink.accept(measurements);
        } catch (RuntimeException e) {
            LOG.error("Handing over slot {} failed", measurements.slot(), e);
            return new SinkOutcome.Rejected(Missed.FAILED.label(), e.toString());
        }
    }

    private boolean mayRetry(SlotMeasurements measurements, Duration wait) {
        Instant then = clock.instant().plus(wait);
        return wait.isPositive() && then.isBefore(measurements.slot().end());
    }

    private void lose(SlotMeasurements measurements, String reason, String why) {
        int samples = measurements.samples().size();
        LOG.warn(
                "{} samples of slot {} of {} are lost ({}): {}",
                samples,
                measurements.slot().start(),
                measurements.slot().source(),
                reason,
                why);
        observer.lost(measurements.slot().interval(), samples, reason);
        remember(SlotMeasurements.missing(
                measurements.slot(), measurements.member(), Missed.NOT_TAKEN.shortfall(reason + ": " + why)));
    }

    /** A slot that is missing: told now, or later if the sink takes nothing. */
    void tell(SlotMeasurements missing) throws InterruptedException {
        remember(missing);
        tellAll();
    }

    private void remember(SlotMeasurements missing) {
        if (untold.size() == MOST_UNTOLD) {
            SlotMeasurements oldest = untold.removeFirst();
            LOG.error("Nobody is told that slot {} is missing", oldest.slot());
        }
        untold.addLast(missing);
    }

    private void tellAll() throws InterruptedException {
        while (!untold.isEmpty() && hand(untold.getFirst()) instanceof SinkOutcome.Accepted) {
            untold.removeFirst();
        }
    }
}
