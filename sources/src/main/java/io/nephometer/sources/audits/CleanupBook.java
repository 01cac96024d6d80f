// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.CleanupKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be removed after instances, how often that was tried and how it ended; on the primary. Nothing of Nova's can be removed by it. */
public interface CleanupBook {
    /**
     * Counts an attempt, once in a tick, as long as there are fewer than {@code most}; with the last one it is given up.
     *
     * @param detail why it did not succeed before
     * @return whether this call counted it
     */
    boolean attempt(Target target, Instant tick, int most, String detail) throws AuditException;

    /**
     * Removes what is left in the ledger of an instance, if it has ended there, and settles it.
     *
     * @return whether it has
     */
    boolean clean(Target target, Collection<Left> left, Instant tick) throws AuditException;

    /** It is not so any more: attempts begin anew if it becomes so again. */
    void settle(Target target, Instant tick) throws AuditException;

    /** Those of a kind that are not settled. */
    List<Entry> unsettled(CleanupKind kind) throws AuditException;

    /** Those that were given up with ticks that ended after {@code since}. */
    List<Entry> givenUp(Instant since) throws AuditException;

    /** What is left of counting: nothing was counted of it since {@code before}. */
    List<Left> left(Instant before) throws AuditException;

    /** Something that is to be removed; host null if it is on none. */
    record Target(
            CleanupKind kind, String instance, @Nullable String host) {}

    /** Where counting of a task goes on of a part of an instance. */
    record Left(String task, CountedSubject subject) {}

    /** How something that is to be removed stands. */
    record Entry(
            Target target,
            int attempts,
            Instant lastTried,
            @Nullable Instant givenUp,
            String detail) {}
}
