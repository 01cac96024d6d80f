// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Slots for those who decide who is expected. */
public interface SlotDesk extends SlotView {
    /**
     * No longer expects slots of a member from now on; what was missing until now stays missing. A slot that comes later makes
     * it expected again.
     *
     * @param source of this source alone; null for all
     * @param interval of this interval alone; null for all
     * @param reason for a human
     * @return how many sources it was expected of, those of several intervals counted once for each
     */
    int retire(String member, @Nullable String source, @Nullable Duration interval, String reason);

    /**
     * Retires members of which nothing came for so long. Time counts to the latest slot of any member: where nothing comes of
     * anybody, nobody is retired.
     *
     * @return how many were
     */
    int retireAbsent(Duration absence);
}
