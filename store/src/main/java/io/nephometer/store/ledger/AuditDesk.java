// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.AuditKey;
import io.nephometer.model.BodyHash;
import io.nephometer.model.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The book in which audits are begun and ended, on the primary. Whoever holds the lease of one does it; nobody else can. */
public interface AuditDesk extends AuditView {
    /** The ledger's own clock; this process's where the engine has none. */
    Instant now();

    /**
     * The same, as long as this process's clock agrees with it.
     *
     * @throws LedgerException too if they are more than a minute apart: then nobody knows which periods are over
     */
    Instant agreed();

    /**
     * Begins an audit, or goes on with one whose owner is gone.
     *
     * @param source where the inventory is read, and up to when it is complete there
     * @return empty if it is done already, or another does it
     */
    Optional<Grant> begin(AuditKey key, String owner, Duration lease, String source, Instant watermark);

    /**
     * Notes how far it is, and renews the lease.
     *
     * @return false if another has begun it since: then nothing was noted
     */
    boolean progress(Grant grant, Tally tally, Duration lease);

    /** Ends it, done or failed. False as above. */
    boolean end(Grant grant, State state, Tally tally, String message);

    /** Wants it done again. False if there is no such audit, or one does it right now. */
    boolean again(AuditKey key);

    /** The hashes of those of {@code ids} that the ledger knows. */
    Map<MessageId, BodyHash> known(Collection<MessageId> ids);

    /**
     * The right to do an audit.
     *
     * @param attempt which tells later owners from earlier ones
     * @param position the last resource that an earlier owner brought into the ledger; empty if none
     * @param items how many he brought
     * @param errors how many of those up to there the ledger did not take
     */
    record Grant(AuditKey key, String owner, long attempt, String position, long items, long errors) {}

    /** How far an audit is: the last resource, how many are in the ledger, how many are not, and of how many it is not certain what is right. */
    record Tally(String position, long items, long errors, long unsure) {}
}
