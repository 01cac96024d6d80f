// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Fate;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the log keeps of a commit, and what it adds to its consumer's totals.
 *
 * @param consumer the name of the source whose progress this is
 * @param batch number of the batch
 * @param committedAt microseconds since the epoch, by the clock of the process that commits
 * @param events rows of events written
 * @param packs rows of samples written
 * @param samples samples written
 * @param samplesRefused polled samples that were known
 * @param messages how many of each fate; absent means none
 */
public record LogRow(
        String consumer,
        long batch,
        long committedAt,
        int events,
        int packs,
        int samples,
        int samplesRefused,
        Map<Fate, Integer> messages) {
    public LogRow {
        messages = messages.isEmpty() ? Map.of() : new EnumMap<>(messages);
    }

    /** How many messages had this fate. */
    public int count(Fate fate) {
        return messages.getOrDefault(fate, 0);
    }
}
