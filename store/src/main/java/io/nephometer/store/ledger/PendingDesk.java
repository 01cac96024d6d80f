// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.CommitOutcome;
import io.nephometer.store.ledger.PendingSamples.Completion;
import java.time.Instant;
import java.util.List;

/** Samples without metadata, for those who find it out. */
public interface PendingDesk extends PendingView {
    /**
     * Completes rows, in one commit of its own: they keep their place among the samples and their ids, and stand in the log once
     * more, so that whoever follows it has them complete. What is no longer open is passed over.
     */
    CommitOutcome complete(List<Completion> completions);

    /**
     * Gives up those that were committed before: they stay as they are.
     *
     * @return how many rows
     */
    int giveUp(Instant committedBefore);
}
