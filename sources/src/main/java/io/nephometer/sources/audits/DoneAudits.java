// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which audits of a task are done, remembered: what became otherwise since is asked for, and seldom everything. For one thread. */
final class DoneAudits {
    /** Longer than it takes until a transaction that is dated can be seen. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** The book may have been set back to an earlier state. */
    private static final Duration ANEW = Duration.ofHours(6);

    private final AuditBook book;
    private final String task;
    private final Set<AuditKey> done = new HashSet<>();
    private @Nullable Instant known;
    private Instant read = Instant.MIN;
    private Instant looked = Instant.MIN;

    DoneAudits(AuditBook book, String task) {
        this.book = book;
        this.task = task;
    }

    /** Those whose periods end after {@code since}. To be read at once: it changes with the next look. */
    Set<AuditKey> look(Instant since, Instant now) throws AuditException {
        Instant from = known;
        boolean anew = from == null || since.isBefore(from) || now.isBefore(looked) || !now.isBefore(read.plus(ANEW));
        AuditBook.Changes changes = book.changes(task, since, anew ? Instant.EPOCH : looked.minus(MARGIN));
        if (anew) {
            done.clear();
            read = now;
        }
        done.removeIf(key -> !key.period().end().isAfter(since));
        done.addAll(changes.done());
        done.removeAll(changes.open());
        known = since;
        looked = now;
        return done;
    }

    /** One more is. */
    void add(AuditKey key) {
        done.add(key);
    }
}
