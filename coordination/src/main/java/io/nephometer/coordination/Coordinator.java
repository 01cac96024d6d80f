// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.time.Duration;

/**
 * Knows who is live. It decides nothing else: who owns which part of a work follows from {@link Members} by {@link Rendezvous}, and what
 * an owner may write is decided by the ledger. So it may be rebuilt from nothing at any time.
 *
 * <p>A member is live until its lease ends by the coordinator's own clock. The clocks of members do not matter.
 *
 * <p>Constructors do no I/O. Thread-safe. Each method answers or fails within a third of the lease.
 */
public interface Coordinator extends AutoCloseable {
    /**
     * Says that a member is live for one lease from now on, and returns who is, itself included. Called each third of the lease.
     *
     * <p>A member whose lease had ended joins again by this call: then its {@link Presence#joined()} is another one than before. Its groups
     * are those of this call.
     */
    Members beat(Member me) throws CoordinationException;

    /** Who is live, for somebody who does not take part. */
    Members members() throws CoordinationException;

    /** Ends a membership at once; others need not wait for the lease. Nothing if it is over already. */
    void leave(Member me) throws CoordinationException;

    /**
     * Calls a listener soon after members have changed. A hint that may come late, twice or never, on any thread; the listener returns at
     * once.
     */
    Registration watch(Runnable changed);

    /** How long a member is live after a beat. */
    Duration lease();

    /** Lets go of what was opened. Memberships last until their leases end. Legal before any use, and twice. */
    @Override
    void close();
}
