// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import org.junit.jupiter.api.Tag;

@Tag("server")
class MariaDbConcurrencyTest extends ConcurrencyContract {
    @Override
    String newDatabase() {
        return SharedMariaDb.newDatabase();
    }

    @Override
    void endSleepers(StoreUrl database) {
        String ids = SharedMariaDb.server()
                .sql(
                        "",
                        "SELECT p.id FROM information_schema.processlist p JOIN information_schema.innodb_trx t "
                                + "ON t.trx_mysql_thread_id = p.id WHERE p.command = 'Sleep' AND p.db = '"
                                + ((StoreUrl.MariaDb) database).database() + "'");
        ids.lines().filter(id -> !id.isBlank()).forEach(id -> SharedMariaDb.server()
                .sql("", "KILL " + id));
    }
}
