// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.model.Bytes;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way of measurements into the ledger of the same process: the same messages that would go over the bus, handled as a
 * collector handles them, so that both ways give the same rows. Safe for several threads.
 */
public final class PolledMessages implements MeasurementSink {
    private static final String CONSUMER = "in-process:polling";
    private static final String EXCHANGE = "ceilometer";
    private static final String ROUTING_KEY = "notifications.sample";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PollingEnvelope envelope;
    private final MessageProcessor processor;
    private final LedgerWriter ledger;

    public PolledMessages(PollingEnvelope envelope, MessageProcessor processor, LedgerWriter ledger) {
        this.envelope = envelope;
        this.processor = processor;
        this.ledger = ledger;
    }

    @Override
    public SinkOutcome accept(SlotMeasurements measurements) {
        List<Processed> processed = new ArrayList<>();
        for (PollingMessage message : envelope.write(measurements)) {
            processed.add(
                    processor.process(new RawMessage(EXCHANGE, ROUTING_KEY, Map.of(), Bytes.utf8(message.body()))));
        }
        return switch (new IsolatingCommitter(CONSUMER, ledger).commit(processed)) {
            case BatchOutcome.Done _ -> new SinkOutcome.Accepted();
            case BatchOutcome.Postponed postponed -> new SinkOutcome.Retry(postponed.cause(), RETRY);
        };
    }
}
