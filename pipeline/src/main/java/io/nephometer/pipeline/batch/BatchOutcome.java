// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Fate;
import java.util.Map;

/** What became of a batch. */
public sealed interface BatchOutcome {
    /**
     * Durable; may be acknowledged.
     *
     * @param fates how many messages had which fate; they add up to the size of the batch
     * @param samples newly in the ledger
     * @param samplesRefused polled samples that the ledger had already
     */
    record Done(Map<Fate, Integer> fates, int samples, int samplesRefused) implements BatchOutcome {
        public Done {
            fates = Map.copyOf(fates);
        }
    }

    /** The store cannot take it now; the batch must be given back whole. What it took already it will know again. */
    record Postponed(String cause) implements BatchOutcome {}
}
