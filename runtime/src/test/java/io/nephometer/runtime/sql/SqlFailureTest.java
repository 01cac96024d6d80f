// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {
    private final SQLException denied = new SQLException("Access denied for user 'me'@'here'", "28000", 1045);

    @Test
    void whatADatabaseSays_isToldWithItsState_once() {
        assertThat(SqlFailure.text(denied)).isEqualTo("28000 Access denied for user 'me'@'here'");
        assertThat(SqlFailure.text(new SQLException("28000 Access denied", "28000", denied)))
                .isEqualTo("28000 Access denied");
        assertThat(SqlFailure.text(new SQLException("busy"))).isEqualTo("busy");
    }

    @Test
    void aPoolThatHasNoConnection_hidesNotWhy() {
        SQLException pool = new SQLTransientConnectionException("not available, total=0", "28000", denied);
        assertThat(SqlFailure.text(pool)).isEqualTo("28000 Access denied for user 'me'@'here'");
        assertThat(SqlFailure.code(pool)).isEqualTo(1045);
        assertThat(SqlFailure.text(new SQLTransientConnectionException("not available, total=4")))
                .isEqualTo("not available, total=4");
    }

    @Test
    void aBatchThatRepeatsItsStatement_hidesNotWhatWasWrongWithIt() {
        SQLException row = new SQLException("duplicate key", "23505");
        SQLException batch = new BatchUpdateException("Batch entry 0 INSERT … was aborted", "23505", new int[0], row);
        assertThat(SqlFailure.text(batch)).isEqualTo("23505 duplicate key");
    }

    @Test
    void whatTheNetworkSaid_isAdded_unlessTheDriverSaysItToo() {
        SocketTimeoutException late = new SocketTimeoutException("Connect timed out");
        assertThat(SqlFailure.text(new SQLException("The connection attempt failed.", "08001", late)))
                .isEqualTo("08001 The connection attempt failed. (Connect timed out)");
        assertThat(SqlFailure.text(new SQLException("failed: Connect timed out", "08001", late)))
                .isEqualTo("08001 failed: Connect timed out");
    }

    @Test
    void aFailureIsFound_whoeverWrappedIt() {
        Throwable wrapped = new IllegalStateException(new RuntimeException("reading failed", denied));
        assertThat((Throwable) SqlFailure.in(wrapped)).isSameAs(denied);
        assertThat((Throwable) SqlFailure.in(new IllegalStateException("no database in it")))
                .isNull();
        assertThat(SqlFailure.state(new SQLException("no state", denied))).isEqualTo("28000");
    }
}
