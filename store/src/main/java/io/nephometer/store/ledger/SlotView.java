// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Slots that came, and those that should have: of each member from its first slot until it is retired. Every method throws
 * {@link LedgerException} if the store fails. Thread-safe.
 */
public interface SlotView {
    /** Slots by source, interval, member and time, handed over one by one. */
    void slots(SlotQuery query, Consumer<? super SlotRecord> to);

    /**
     * The times of slots that began before a moment and of which something came at {@code since} or later: in order, apart from each other,
     * and each an interval longer than its slots, since the last measurement of a slot may come after its end. None reaches beyond
     * {@code before}.
     */
    List<Period> cameSince(Instant since, Instant before);

    /** The same of each member, by its name; those of which nothing came since are left out. */
    Map<String, List<Period>> cameSinceByMember(Instant since, Instant before);

    /** For each member that is expected, its newest slot whose time is up; those that have none yet are left out. */
    List<SlotRecord> newest();

    /** Members that several agents are, as far as that goes on; by member. */
    List<MemberClash> clashes();

    /** All stays, by source, interval, member and time. */
    List<SlotMember> members();
}
