// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.ArrayList;
import java.util.List;

/** Brings the events of an audit that is under way into the ledger, from where an earlier owner ended. */
final class EventTelling {
    private static final int CHUNK = 100;

    private final AuditBook.Hold hold;
    private final AuditSink sink;
    private AuditBook.Tally tally;
    private AuditSink.Taken taken = AuditSink.Taken.NONE;

    EventTelling(AuditBook.Hold hold, AuditSink sink) {
        this.hold = hold;
        this.sink = sink;
        this.tally = new AuditBook.Tally(hold.position(), hold.items(), hold.errors(), 0);
    }

    /**
     * Tells them, and ends the audit.
     *
     * @param events in the order of their resources
     * @param remark of the audit, for people; empty for none
     */
    AuditResult tell(List<? extends AuditEvent> events, String remark) throws AuditException {
        return tell(events, remark, 0);
    }

    /**
     * The same.
     *
     * @param unsure resources of which it is not certain how they were
     */
    AuditResult tell(List<? extends AuditEvent> events, String remark, int unsure) throws AuditException {
        tally = new AuditBook.Tally(tally.position(), tally.items(), tally.errors(), unsure);
        List<? extends AuditEvent> left = events.stream()
                .filter(event -> event.resource().compareTo(hold.position()) > 0)
                .toList();
        for (int from = 0; from < left.size(); from += CHUNK) {
            List<? extends AuditEvent> chunk = left.subList(from, Math.min(left.size(), from + CHUNK));
            AuditSink.Taken now = sink.take(chunk);
            taken = taken.plus(now);
            tally = new AuditBook.Tally(
                    chunk.getLast().resource(),
                    tally.items() + chunk.size() - now.refused(),
                    tally.errors() + now.refused(),
                    unsure);
            if (!hold.progress(tally)) {
                return new AuditResult.Lost();
            }
        }
        return hold.done(tally, message(remark))
                ? new AuditResult.Done(left.size() - taken.refused(), taken)
                : new AuditResult.Lost();
    }

    /** Breaks it off, so that anybody goes on. */
    void failed(String why) throws AuditException {
        hold.failed(tally, why);
    }

    private String message(String remark) {
        List<String> parts = new ArrayList<>();
        if (tally.errors() > 0) {
            parts.add("the ledger did not take the events of " + tally.errors() + "; see: recovery list");
        }
        if (taken.otherwise() > 0) {
            parts.add(taken.otherwise()
                    + " instances are known otherwise now than they were told before; what was told stays");
        }
        if (!remark.isEmpty()) {
            parts.add(remark);
        }
        return String.join("; ", parts);
    }
}
