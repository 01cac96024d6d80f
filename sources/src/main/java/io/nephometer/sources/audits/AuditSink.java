// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.List;

/** Brings events of audits into the ledger, by the way that every notification takes. */
public interface AuditSink {
    /**
     * Takes them durably; those that the ledger knows by their ids are left as they are there.
     *
     * @throws AuditException if the ledger cannot take them now; some may be in it
     */
    Taken take(List<? extends AuditEvent> events) throws AuditException;

    /**
     * What became of events.
     *
     * @param added newly in the ledger
     * @param known there before, saying the same
     * @param otherwise there before, saying something else
     * @param refused in recovery, or without what makes sure that nothing is metered twice
     */
    record Taken(int added, int known, int otherwise, int refused) {
        static final Taken NONE = new Taken(0, 0, 0, 0);

        Taken plus(Taken that) {
            return new Taken(
                    added + that.added, known + that.known, otherwise + that.otherwise, refused + that.refused);
        }
    }
}
