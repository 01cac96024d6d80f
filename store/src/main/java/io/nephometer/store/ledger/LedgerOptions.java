// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;

/**
 * How a ledger is used.
 *
 * @param lockTimeout how long a statement waits for another transaction before the store counts as unavailable; a transaction that
 *     stands still for half of it is ended by the server; a server that says nothing to a mere look for so long counts as away
 *     (PostgreSQL, MariaDB)
 * @param statementTimeout how long one statement of a commit may take (PostgreSQL, MariaDB)
 * @param readTimeout how long a server may keep silent to who reads: until the first row, or between rows (PostgreSQL, MariaDB)
 * @param connectTimeout how long to wait for a server to answer at all
 * @param writers how many commits may run at once (SQLite has one)
 * @param readers how many questions may be answered at once
 * @param maxMembers how many members a source of polling may have; what comes of further ones goes to recovery
 * @param probe called around each step of a commit; for tests
 */
public record LedgerOptions(
        Duration lockTimeout,
        Duration statementTimeout,
        Duration readTimeout,
        Duration connectTimeout,
        int writers,
        int readers,
        int maxMembers,
        CommitProbe probe) {
    /** What a process uses unless told otherwise. */
    public static final LedgerOptions DEFAULTS = new LedgerOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofSeconds(2),
            8,
            4,
            10_000,
            CommitProbe.NONE);

    private static final int CONNECTS = 3;

    public LedgerOptions {
        if (writers < 1 || readers < 1) {
            throw new IllegalArgumentException("a ledger needs at least one writer and one reader");
        }
    }

    /**
     * The same for those who must not wait longer for another's transaction, nor keep others waiting in one of their own; nor for a
     * server that is away, which may be waited for twice in a row.
     */
    public LedgerOptions waitingAtMost(Duration most) {
        return new LedgerOptions(
                shorter(lockTimeout, most),
                statementTimeout,
                readTimeout,
                shorter(connectTimeout, most.dividedBy(CONNECTS)),
                writers,
                readers,
                maxMembers,
                probe);
    }

    /** The same with room for so many questions at once. */
    public LedgerOptions withReaders(int most) {
        return new LedgerOptions(
                lockTimeout, statementTimeout, readTimeout, connectTimeout, writers, most, maxMembers, probe);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The same with {@code other} called around each step of a commit. */
    public LedgerOptions withProbe(CommitProbe other) {
        return new LedgerOptions(
                lockTimeout, statementTimeout, readTimeout, connectTimeout, writers, readers, maxMembers, other);
    }

    /** The same with room for so many members of a source. */
    public LedgerOptions withMaxMembers(int most) {
        return new LedgerOptions(
                lockTimeout, statementTimeout, readTimeout, connectTimeout, writers, readers, most, probe);
    }
}
