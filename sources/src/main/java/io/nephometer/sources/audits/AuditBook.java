// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Where audits are begun and ended; on the primary, since two that read an old page of it would both begin. */
public interface AuditBook {
    /** The clock by which periods end. It fails while clocks do not agree on it. */
    Instant now() throws AuditException;

    /** The audits of a task of a period that are done. */
    Set<AuditKey> done(String task, Period period) throws AuditException;

    /** What became of audits of a task whose periods end after {@code since}: those that are not done, and those that were after {@code after}. */
    Changes changes(String task, Instant since, Instant after) throws AuditException;

    /** The audits of a task, of whatever period, that were begun and are not done. */
    Set<AuditKey> open(String task) throws AuditException;

    /** When the latest period ended of which anybody began an audit; empty if nobody ever did. */
    Optional<Instant> latest(String task) throws AuditException;

    /** Begins an audit, or goes on with one whose owner is gone; empty if it is done, or another does it. */
    Optional<Hold> begin(AuditKey key, Inventory.Place place) throws AuditException;

    /**
     * An answer.
     *
     * @param open that are begun, and not done
     */
    record Changes(Set<AuditKey> done, Set<AuditKey> open) {
        public Changes {
            done = Set.copyOf(done);
            open = Set.copyOf(open);
        }
    }

    /** An audit that is ours to do, until we are gone for longer than a lease. */
    interface Hold {
        /** The last resource that is in the ledger already; empty if none. */
        String position();

        /** How many are. */
        long items();

        /** How many of those up to there the ledger did not take. */
        long errors();

        /** Notes how far it is. False if another has taken over: then it is to be left alone. */
        boolean progress(Tally tally) throws AuditException;

        /** Ends it. False as above. */
        boolean done(Tally tally, String message) throws AuditException;

        /** Breaks it off, so that anybody goes on. */
        void failed(Tally tally, String message) throws AuditException;
    }

    /**
     * How far an audit is.
     *
     * @param position the last resource
     * @param items resources that are in the ledger
     * @param errors resources that the ledger did not take
     * @param unsure resources of which it is not certain how they were
     */
    record Tally(String position, long items, long errors, long unsure) {}
}
