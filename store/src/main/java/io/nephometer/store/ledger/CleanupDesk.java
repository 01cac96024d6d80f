// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.CleanupKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be removed after instances, on the primary: who decides on a copy acts here, where each step says itself whether it is still
 * true. Every method throws {@link LedgerException} if the store fails. Thread-safe.
 */
public interface CleanupDesk extends CleanupView {
    /**
     * Counts an attempt, once for each {@code tick}, as long as there are fewer than {@code most}. The count is made where it stands, so two
     * who count at once count twice only if both have a tick of their own.
     *
     * @param tick end of the period in which it is tried
     * @param detail why it did not succeed before
     */
    Attempt attempt(Target target, Instant tick, int most, String detail);

    /**
     * Removes what the ledger still counts of an instance that has ended, and settles it, in one transaction. An instance that has not ended
     * on the primary keeps everything.
     *
     * @param carries of it
     * @return whether it has ended, and nothing of it is left
     */
    boolean clean(Target target, Collection<Carry> carries, Instant tick);

    /** It is not so any more, or it is done: what may become so again is forgotten, so that attempts begin anew. */
    void settle(Target target, Instant tick);

    /** Those of a kind that are not settled. */
    List<Entry> unsettled(CleanupKind kind);

    /** Those that were given up with ticks after {@code since}. */
    List<Entry> givenUp(Instant since);

    /** Where counting goes on of subjects that nobody counted anything of since {@code before}. */
    List<Carry> staleCarries(Instant before);

    /** Where counting of a task goes on of a subject: {@link io.nephometer.model.UsageCarry}. */
    record Carry(String task, String subject) {}

    /**
     * What came of counting an attempt.
     *
     * @param counted by this call
     * @param attempts until now
     * @param givenUp the tick with which it was given up; null if it was not
     */
    record Attempt(boolean counted, int attempts, @Nullable Instant givenUp) {}
}
