// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where it is written down that measurements are missing. Every method throws {@link LedgerException} if the store fails. */
public interface GapBook {
    /** Writes gaps, all or none; one that is known is replaced by what is told of it now. */
    void record(List<RecordedGap> gaps);

    /**
     * Gaps by the time they began, one by one as they are read.
     *
     * @param from only those that lasted then or later; null for all
     * @param to only those that began before; null for all
     */
    void gaps(@Nullable Instant from, @Nullable Instant to, Consumer<? super RecordedGap> each);
}
