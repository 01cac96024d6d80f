// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Fate;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

    /**
     * Sets what the log keeps of the commit: batch, committed_at, events, packs, samples.
     *
     * @param from the first of these parameters
     * @return the parameter behind them
     */
    public int bindEntry(PreparedStatement to, int from) throws SQLException {
        int next = from;
        to.setLong(next++, batch);
        to.setLong(next++, committedAt);
        to.setInt(next++, events);
        to.setInt(next++, packs);
        to.setInt(next++, samples);
        return next;
    }

    /**
     * Sets what is added to the consumer's totals: updated_at, messages, one for each fate in its order, samples, samples_refused.
     *
     * @param from the first of these parameters
     */
    public void bindProgress(PreparedStatement to, int from) throws SQLException {
        int next = from;
        to.setLong(next++, committedAt);
        to.setLong(
                next++, messages.values().stream().mapToLong(Integer::longValue).sum());
        for (Fate fate : Fate.values()) {
            to.setLong(next++, count(fate));
        }
        to.setLong(next++, samples);
        to.setLong(next, samplesRefused);
    }
}
