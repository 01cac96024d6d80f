// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;

/** Slots for those who decide who is expected. */
public interface SlotDesk extends SlotView {
    /**
     * No longer expects slots of a member from now on; what was missing until now stays missing. A slot that comes later makes
     * it expected again.
     *
     * @param reason for a human
     * @return how many sources it was expected of
     */
    int retire(String member, String reason);

    /**
     * Retires members of which nothing came for so long. Time counts to the latest slot of any member: where nothing comes of
     * anybody, nobody is retired.
     *
     * @return how many were
     */
    int retireAbsent(Duration absence);
}
