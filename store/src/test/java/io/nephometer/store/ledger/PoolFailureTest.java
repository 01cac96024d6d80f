// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.runtime.sql.SqlFailure;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PoolFailureTest {
    /** The pool that is used really hides it, and this really brings it out. */
    @Test
    void withAPoolAndADriver_itIsSaidWhoRefused() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(nobody());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            SQLException failure = failure(pool);
            for (int i = 0; i < 100 && failure.getCause() == null; i++) {
                failure = failure(pool); // the first attempt may take longer than the pool waits
            }
            assertThat(failure.getMessage()).contains("Connection is not available");
            assertThat(SqlFailure.text(failure)).startsWith("08001 ").contains("127.0.0.1:1 refused");
        }
    }

    private static DataSource nobody() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {1});
        return source;
    }

    private static SQLException failure(DataSource source) {
        try (var connection = source.getConnection()) {
            throw new AssertionError("nobody listens there: " + connection);
        } catch (SQLException e) {
            return e;
        }
    }
}
