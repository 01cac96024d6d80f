// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.List;

/**
 * What one durable commit did.
 *
 * @param fates one for each entry of the batch, in its order
 * @param samples how many samples are newly in the ledger
 * @param samplesRefused how many polled samples were already in the ledger, and were refused
 * @param position the place of this commit in the ledger's log
 */
public record CommitReport(List<Fate> fates, int samples, int samplesRefused, long position) {
    public CommitReport {
        fates = List.copyOf(fates);
    }
}
