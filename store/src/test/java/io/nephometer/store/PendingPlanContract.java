// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.read.SqlPending;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were given up cost nobody anything who looks for those that wait: the databases say so themselves. */
abstract class PendingPlanContract {
    private static final int GIVEN_UP = 20_000;
    private static final int OPEN = 20;

    /** MariaDB's bound for a recursion. */
    private static final int AT_ONCE = 1000;

    /** The address of an empty ledger. */
    abstract StoreUrl url() throws Exception;

    /** What one command printed. */
    abstract String sql(String command) throws Exception;

    /** What lets the database say how it would answer. */
    abstract String explain();

    /** What lets it count its rows. */
    abstract String analyze();

    /** No bytes. */
    abstract String nothing();

    private void fill() throws Exception {
        Ledgers.open(url(), LedgerOptions.DEFAULTS, InstantSource.system()).close();
        for (int after = 0; after < GIVEN_UP; after += AT_ONCE) {
            insert(after, AT_ONCE, "1");
        }
        insert(GIVEN_UP, OPEN, "NULL");
        sql(analyze());
    }

    private void insert(int after, int rows, String givenUp) throws Exception {
        sql("INSERT INTO pending_samples (sample_id, instance, as_of, since, given_up, body)"
                + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ")"
                + " SELECT i + " + after + ", 'instance', i, i, " + givenUp + ", " + nothing() + " FROM n");
    }

    @ParameterizedTest
    @ValueSource(strings = {SqlPending.OPEN, SqlPending.COUNT_OPEN, SqlPending.GIVE_UP})
    void rowsThatWaitAreFoundByAnIndexOfTheirOwn(String statement) throws Exception {
        fill();
        String plan =
                sql(explain() + " " + statement.replace("LIMIT ?", "LIMIT 500").replace("?", "0"));
        assertThat(plan).contains("pending_samples_open");
    }

    @Test
    void rowsThatWereGivenUpAreNotCountedAmongThem() throws Exception {
        fill();
        assertThat(sql(SqlPending.COUNT_OPEN).strip()).isEqualTo(String.valueOf(OPEN));
    }
}
