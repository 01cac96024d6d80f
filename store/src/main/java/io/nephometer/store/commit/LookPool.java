// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Makes the connections of those who only look: few, apart from all others, and none before somebody looks. */
public final class LookPool {
    private static final int MOST = 2;

    private LookPool() {}

    /**
     * Makes them like others.
     *
     * @param readers how those are made that may take long; left as it is
     */
    public static HikariDataSource of(HikariConfig readers) {
        // Begins with the first connection, unlike one that is given its settings.
        HikariDataSource pool = new HikariDataSource();
        readers.copyStateTo(pool);
        pool.setMaximumPoolSize(MOST);
        // Whether an idle one still works is found out as soon as a new one would be made.
        pool.setValidationTimeout(readers.getConnectionTimeout());
        return pool;
    }
}
