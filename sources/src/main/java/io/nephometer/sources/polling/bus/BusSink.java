// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;

/** Measurements go to the bus, and nowhere else if that is down. */
public final class BusSink implements MeasurementSink {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PollingEnvelope envelope;
    private final MessageCarrier carrier;

    public BusSink(PollingEnvelope envelope, MessageCarrier carrier) {
        this.envelope = envelope;
        this.carrier = carrier;
    }

    @Override
    public SinkOutcome accept(SlotMeasurements measurements) throws InterruptedException {
        CarryReport report = carrier.carry(envelope.write(measurements));
        return report.isDelivered() ? new SinkOutcome.Accepted() : new SinkOutcome.Retry(report.detail(), RETRY);
    }
}
