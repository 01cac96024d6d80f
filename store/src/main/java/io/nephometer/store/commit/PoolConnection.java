// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Takes connections of a pool. A pool fails alike for a server that gives none and for users that keep all of them. */
public final class PoolConnection {
    private PoolConnection() {}

    /**
     * A connection, as long as it is not closed.
     *
     * @throws PoolExhaustedException if there is none because we have as many as we may
     */
    public static Connection of(HikariDataSource pool) throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            int most = pool.getMaximumPoolSize();
            // What lies there idle counts too: it came back a moment after we gave up.
            if (pool.getHikariPoolMXBean().getTotalConnections() < most) {
                throw e;
            }
            throw new PoolExhaustedException(pool.getPoolName(), most, e);
        }
    }
}
