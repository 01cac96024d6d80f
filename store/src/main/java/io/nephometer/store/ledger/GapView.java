// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stretches of time in which measurements are missing. Every method throws {@link LedgerException} if the store fails. */
public interface GapView {
    /**
     * Gaps by the time they began, one by one as they are read.
     *
     * @param from only those that lasted then or later; null for all
     * @param to only those that began before; null for all
     */
    void gaps(@Nullable Instant from, @Nullable Instant to, Consumer<? super RecordedGap> each);
}
