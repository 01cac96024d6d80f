// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one resource in one slot that wait for the metadata of their instance.
 *
 * @param id of their row, by which they are completed
 * @param instance whose metadata is missing
 * @param resource what was measured: the instance, or a part of it
 * @param project as provisionally committed
 * @param user as provisionally committed
 * @param asOf the moment as of which the metadata is wanted
 * @param since when they were committed
 * @param givenUp since when nobody tries any more; null while somebody does
 * @param told what the sender said of the instance
 * @param extras what belongs into the metadata of these samples beside
 */
public record PendingSamples(
        long id,
        String instance,
        @Nullable String resource,
        @Nullable String project,
        @Nullable String user,
        Instant asOf,
        Instant since,
        @Nullable Instant givenUp,
        Map<String, @Nullable Object> told,
        Map<String, @Nullable Object> extras) {
    /**
     * How they are complete.
     *
     * @param id of their row
     * @param metadata all of it
     */
    public record Completion(
            long id, @Nullable String project, @Nullable String user, Map<String, @Nullable Object> metadata) {}

    /**
     * How many rows wait.
     *
     * @param open for which somebody may still find the metadata
     * @param givenUp that stay as they are
     * @param oldest when the oldest open one was committed; null if there is none
     */
    public record Count(long open, long givenUp, @Nullable Instant oldest) {}
}
