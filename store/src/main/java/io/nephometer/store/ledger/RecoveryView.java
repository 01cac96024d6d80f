// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What waits in recovery. Every method throws {@link LedgerException} if the store fails. Thread-safe. */
public interface RecoveryView {
    /** Entries by reason, the largest groups first. */
    List<RecoveryGroup> groups(RecoveryFilter filter);

    /** Entries by the time they were first seen, one by one as they are read. */
    void entries(RecoveryFilter filter, Consumer<? super RecoveryEntry> to);

    /**
     * The entry whose identity begins with {@code idPrefix}.
     *
     * @param idPrefix at least four hexadecimal digits
     * @throws IllegalArgumentException if they are not such digits, or more than one entry begins with them
     */
    Optional<RecoveryEntry> find(String idPrefix);

    /** What was done to an entry, oldest first. */
    List<RecoveryChange> history(RecoveryEntry entry);
}
