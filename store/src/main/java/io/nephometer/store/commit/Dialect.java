// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import org.jspecify.annotations.Nullable;

/**
 * SQL for which databases have no common words. Lists of columns are names separated by {@code ", "}; each column of an INSERT
 * is one parameter, in that order.
 */
public interface Dialect {
    /** An INSERT that changes nothing, and counts 0, where a row with this key is there. Not for batches. */
    String insertIfAbsent(String table, String columns, String key);

    /** The same for batches of many rows. Says nothing by its counts. */
    String insertMissing(String table, String columns, String key);

    /**
     * An INSERT of a row that was not there when it was looked for. If another writer has put it there meanwhile, it counts 0, or
     * fails with what {@link Engine#verdict} calls {@link Engine.Verdict#AGAIN}.
     */
    String insertNew(String table, String columns);

    /**
     * An INSERT that overwrites {@code changed} where a row with this key is there. Says nothing by its count.
     *
     * @param newest a column of {@code changed}: where the row that is there has more of it, it stays as it is; null: it never does
     */
    String upsert(String table, String columns, String key, String changed, @Nullable String newest);

    /**
     * A DELETE of some of the rows that meet a condition. Its last parameter is how many at most.
     *
     * @param key of the table
     * @param order columns to begin with the least of; empty: any rows
     */
    String deleteSome(String table, String key, String condition, String order);
}
