// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Meter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/**
 * One open transaction of an engine. Sorted arguments are written in their order, so that writers which overlap wait for one
 * another rather than deadlock. Used by one thread.
 */
public interface Transaction extends AutoCloseable {
    /** Claims ids, in key order: the keys that nobody had claimed before. Waits for those who claim the same right now. */
    Set<UUID> admit(List<IntakeRow> rows, long acceptedAt) throws SQLException;

    /** The hashes of those of {@code keys} that are claimed. */
    Map<UUID, BodyHash> hashes(Collection<UUID> keys) throws SQLException;

    /** A number for the batch that no other batch has. */
    long nextBatch() throws SQLException;

    /** The references of all {@code names}, adding those that are missing. */
    Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException;

    /** The references of all {@code meters}, in their order, adding those that are missing. */
    Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException;

    /** The references of all versions, adding those that are missing. */
    Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions) throws SQLException;

    void insertEvents(List<EventRow> rows) throws SQLException;

    void insertSamples(List<SampleRow> rows) throws SQLException;

    /**
     * Inserts rows of slots in their order.
     *
     * @throws OvertakenException if another writer has put a row at the same place since it was looked at
     */
    void insertSlotSamples(List<SlotSampleRow> rows) throws SQLException;

    /**
     * Takes the next position of the log, writes the entry and adds to the consumer's totals. From here to the end of the
     * transaction every other commit waits, so that positions become visible in their order, without gaps.
     */
    long log(LogRow row) throws SQLException;

    /** For SQL that is the same on every engine. */
    Connection connection();

    /** For SQL that differs in a few words. */
    Dialect dialect();

    /** Makes it durable. If this fails, the outcome is unknown. */
    void commit() throws SQLException;

    /** Rolls back what was not committed. */
    @Override
    void close();
}
