// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.servers.PrivateMariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("server")
class MariaDbSilenceTest extends SilentServerContract {
    private static final PrivateMariaDb SERVER = new PrivateMariaDb();
    private static int made;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Override
    StoreUrl newDatabase() {
        made++;
        return StoreUrl.parse(SERVER.createDatabase("silence" + made));
    }

    @Override
    void freeze() {
        SERVER.freeze();
    }

    @Override
    void thaw() {
        SERVER.thaw();
    }
}
