// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which audits were done, and what others told otherwise. Every method throws {@link LedgerException} if the store fails. Thread-safe. */
public interface AuditView {
    /** Audits of a task whose periods end after {@code since}, by period and scope. */
    List<Run> runs(String task, Instant since);

    /** Audits of a task of a period, by scope. */
    List<Run> runs(String task, Period period);

    /**
     * How audits of a task stand whose periods end after {@code since}: those that are not done, and of the others those that ended at {@code
     * after} or later. It costs what it tells, however many are done.
     */
    Map<AuditKey, State> changes(String task, Instant since, Instant after);

    /** Audits of a task that were begun and are not done. */
    Set<AuditKey> open(String task);

    /** When the latest period ended of which an audit of a task was begun; empty if none was. */
    Optional<Instant> latest(String task);

    /** All audits, the latest periods first, until {@code to} has enough of them. */
    void runs(Consumer<? super Run> to);

    /** Instances and periods that somebody told otherwise than it was metered, the latest first. */
    void differences(Consumer<? super Difference> to);

    /** How it stands. */
    enum State {
        /** Somebody does it, or did when his lease ended. */
        RUNNING,
        /** It broke off, and is done again. */
        FAILED,
        DONE,
        /** A person wants it done again. */
        AGAIN
    }

    /**
     * An audit.
     *
     * @param attempt from 1: how often it was begun
     * @param leaseUntil while it runs, nobody else begins it before
     * @param ended null while it runs
     * @param position the last resource that is in the ledger
     * @param items resources that are in the ledger
     * @param errors resources that are not
     * @param unsure resources of which it is not certain that they were then as they were told
     * @param source where the inventory was read
     * @param watermark up to when that was complete
     */
    record Run(
            AuditKey key,
            State state,
            String owner,
            long attempt,
            Instant leaseUntil,
            Instant began,
            @Nullable Instant ended,
            String position,
            long items,
            long errors,
            long unsure,
            String message,
            String source,
            Instant watermark) {}

    /**
     * An instance and a period that several told, differently.
     *
     * @param others how many told it beside the one that is metered
     * @param traits what differs between that and the last one that told it otherwise
     */
    record Difference(String resource, Period period, String metered, String other, long others, List<Trait> traits) {
        public Difference {
            traits = List.copyOf(traits);
        }

        /** A trait that differs; null where it is missing. */
        public record Trait(
                String name,
                @Nullable String metered,
                @Nullable String other) {}
    }
}
