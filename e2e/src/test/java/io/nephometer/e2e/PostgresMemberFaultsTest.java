// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.servers.PrivatePostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** By the tables of a real ledger. */
@Tag("server")
class PostgresMemberFaultsTest extends MemberFaultsContract {
    private String database = "";

    @BeforeEach
    void migrate() throws Exception {
        database = Servers.newDatabase();
        StoreUrl url = StoreUrl.parse(Servers.postgres().url(database));
        Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system()).close();
    }

    @Override
    protected String coordinator() {
        return "jdbc:postgresql://127.0.0.1:" + Servers.postgres().port() + "/" + database + "?user="
                + PrivatePostgres.USER + "&password=" + PrivatePostgres.PASSWORD;
    }
}
