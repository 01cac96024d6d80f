// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** Connections to a ledger's database, each of which commits each statement. They end with this. */
public final class LedgerConnections implements AutoCloseable {
    private final HikariDataSource pool;

    LedgerConnections(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Where to get them. */
    public DataSource source() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
