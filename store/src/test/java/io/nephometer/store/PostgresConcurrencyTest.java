// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresConcurrencyTest extends ConcurrencyContract {
    @Override
    String newDatabase() {
        return SharedPostgres.newDatabase();
    }

    @Override
    void endSleepers(StoreUrl database) {
        SharedPostgres.cluster()
                .sql(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                + "WHERE state = 'idle in transaction' AND datname = '"
                                + ((StoreUrl.Postgres) database).database() + "'");
    }
}
