// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.micrometer.core.instrument.Counter;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Tenure;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.MessageCarrier;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings measurements straight into the ledger: the same messages that would go over the bus, handled as a collector handles
 * them, each slot in a commit of its own. Safe for several threads.
 */
final class LedgerCarrier implements MessageCarrier {
    private static final String CONSUMER = "central:polling";
    private static final String EXCHANGE = "ceilometer";
    private static final String ROUTING_KEY = "notifications.sample";

    private final MessageProcessor processor;
    private final LedgerWriter ledger;
    private final FenceListener fenced;
    private final Counter refused;

    LedgerCarrier(MessageProcessor processor, LedgerWriter ledger, FenceListener fenced, Counter refused) {
        this.processor = processor;
        this.ledger = ledger;
        this.fenced = fenced;
        this.refused = refused;
    }

    /** Is told that the ledger took nothing of what was measured under a tenure, since another member has a later one. */
    @FunctionalInterface
    interface FenceListener {
        /**
         * Nothing of the message was taken.
         *
         * @param unit as the ledger knows it, within the source of the slot
         */
        void fenced(PollingMessage message, String unit, Tenure tenure);
    }

    @Override
    public CarryReport carry(List<PollingMessage> messages) {
        List<Processed> processed = new ArrayList<>(messages.size());
        for (PollingMessage message : messages) {
            processed.add(
                    processor.process(new RawMessage(EXCHANGE, ROUTING_KEY, Map.of(), Bytes.utf8(message.body()))));
        }
        return switch (ledger.commit(new LedgerBatch(CONSUMER, processed))) {
            case CommitOutcome.Committed(CommitReport report) -> {
                tell(messages, processed, report);
                yield CarryReport.delivered();
            }
            // Said of the ledger and never of a message, however often it is said while others get through.
            case CommitOutcome.Unavailable(String cause) ->
                new CarryReport(messages, CarryReport.Trouble.BLOCKED, cause);
            case CommitOutcome.Rejected(String code, String cause) ->
                new CarryReport(messages, CarryReport.Trouble.UNACCEPTABLE, code + " " + cause);
        };
    }

    private void tell(List<PollingMessage> messages, List<Processed> processed, CommitReport report) {
        refused.increment(report.samplesRefused());
        for (int i = 0; i < messages.size(); i++) {
            if (report.fates().get(i) == Fate.FENCED
                    && processed.get(i) instanceof Processed.Measured measured
                    && measured.part().tenure() != null) {
                fenced.fenced(
                        messages.get(i),
                        measured.part().member(),
                        measured.part().tenure());
            }
        }
    }
}
