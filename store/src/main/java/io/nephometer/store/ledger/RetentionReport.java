// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/**
 * What one run of retention removed, in rows.
 *
 * @param samples rows of packed samples
 * @param recoveryOpen entries of recovery that were still open
 * @param recoverySettled entries of recovery that were settled
 * @param slots what members delivered of slots
 * @param complete whether nothing more was old enough; false if the run came to its bound
 */
public record RetentionReport(
        int events,
        int samples,
        int recoveryOpen,
        int recoverySettled,
        int intake,
        int log,
        int slots,
        boolean complete) {
    public int total() {
        return events + samples + recoveryOpen + recoverySettled + intake + log + slots;
    }
}
