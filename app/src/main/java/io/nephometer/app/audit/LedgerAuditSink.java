// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.audits.AuditEvent;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes events of audits the way of every notification: the definitions make the samples, and the ledger decides what is new. */
final class LedgerAuditSink implements AuditSink {
    /** Under which name they stand in ledgers, those of all audits; as it was when there was one, so that their progress goes on. */
    private static final String CONSUMER = "audit:usage";

    private final Supplier<Optional<Ledger>> ledger;
    private final MessageProcessor processor;
    private final IsolatingCommitter committer;

    /** @param writer the way into the same ledger */
    LedgerAuditSink(Supplier<Optional<Ledger>> ledger, LedgerWriter writer, MessageProcessor processor) {
        this.ledger = ledger;
        this.processor = processor;
        this.committer = new IsolatingCommitter(CONSUMER, writer);
    }

    @Override
    public Taken take(List<? extends AuditEvent> events) throws AuditException {
        Map<MessageId, BodyHash> before = known(events);
        List<Processed> entries = new ArrayList<>(events.size());
        int known = 0;
        int otherwise = 0;
        for (AuditEvent event : events) {
            Processed processed = processor.process(event.message());
            BodyHash hash = before.get(event.id());
            if (hash == null) {
                entries.add(processed);
            } else if (hash.equals(processed.hash())) {
                known++;
            } else {
                otherwise++;
            }
        }
        Taken now = entries.isEmpty() ? new Taken(0, 0, 0, 0) : commit(entries);
        return new Taken(now.added(), now.known() + known, now.otherwise() + otherwise, now.refused());
    }

    private Map<MessageId, BodyHash> known(List<? extends AuditEvent> events) throws AuditException {
        try {
            Optional<Ledger> open = ledger.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger cannot be reached", null);
            }
            return open.get().audits().known(events.stream().map(AuditEvent::id).toList());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private Taken commit(List<Processed> entries) throws AuditException {
        return switch (committer.commit(entries)) {
            case BatchOutcome.Postponed(String cause) -> throw new AuditException(cause, null);
            case BatchOutcome.Done done -> {
                Map<Fate, Integer> fates = done.fates();
                // without an event too, if the definitions have it so
                int added = fates.getOrDefault(Fate.EVENT, 0)
                        + fates.getOrDefault(Fate.SAMPLE_ONLY, 0)
                        + fates.getOrDefault(Fate.UNMATCHED, 0);
                int known = fates.getOrDefault(Fate.DUPLICATE, 0);
                int otherwise = fates.getOrDefault(Fate.CONFLICT, 0);
                yield new Taken(added, known, otherwise, entries.size() - added - known - otherwise);
            }
        };
    }
}
