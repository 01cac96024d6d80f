// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.CleanupKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was to be removed after instances, to look at. Every method throws {@link LedgerException} if the store fails. Thread-safe. */
public interface CleanupView {
    /** All that is known, given up ones first, then by instance. */
    List<Entry> entries();

    /** Something that is to be removed; host null if it was on none. */
    record Target(
            CleanupKind kind, String instance, @Nullable String host) {}

    /** How something that is to be removed stands; times null as long as it is not so. */
    record Entry(
            Target target,
            int attempts,
            Instant firstSeen,
            Instant lastTried,
            @Nullable Instant settled,
            @Nullable Instant givenUp,
            String detail) {}
}
