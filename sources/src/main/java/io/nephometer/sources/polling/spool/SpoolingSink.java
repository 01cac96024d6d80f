// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.MessageCarrier;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Measurements go to the bus, and to disk if that does not take them; while the disk takes nothing, to the bus alone. */
public final class SpoolingSink implements MeasurementSink {
    private static final Duration REMINDER = Duration.ofMinutes(10);
    /** The bus alone is left then. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PollingEnvelope envelope;
    private final MessageCarrier carrier;
    private final Spool spool;
    private final BusObserver observer;
    private final StateLog log;

    public SpoolingSink(
            PollingEnvelope envelope, MessageCarrier carrier, Spool spool, BusObserver observer, Ticker ticker) {
        this.envelope = envelope;
        this.carrier = carrier;
        this.spool = spool;
        this.observer = observer;
        this.log = new StateLog(LoggerFactory.getLogger(SpoolingSink.class), "Spool of measurements", REMINDER, ticker);
    }

    @Override
    public SinkOutcome accept(SlotMeasurements measurements) throws InterruptedException {
        spool.seen(measurements.slot(), measurements.member());
        CarryReport report = carrier.carry(envelope.write(measurements));
        return report.isDelivered() ? new SinkOutcome.Accepted() : spool(report.undelivered());
    }

    private SinkOutcome spool(List<PollingMessage> messages) {
        try {
            spool.append(messages);
            observer.spooled(
                    messages.size(),
                    messages.stream()
                            .mapToLong(message -> message.body().length())
                            .sum());
            log.well("takes measurements again");
            return new SinkOutcome.Accepted();
        } catch (IOException e) {
            observer.spoolFailed(messages.size());
            log.trouble("disk", "what the bus does not take while its slot lasts is lost: " + e.getMessage());
            return new SinkOutcome.Retry("the bus took nothing, and the spool neither: " + e.getMessage(), RETRY);
        }
    }
}
