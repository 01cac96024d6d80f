// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
class MariaDbLedgerTest extends EngineContract {
    private static final EmptiedLedgers LEDGERS = new EmptiedLedgers(() -> StoreUrl.parse(SharedMariaDb.newDatabase()));

    @Override
    StoreUrl newLedger() {
        return LEDGERS.next();
    }

    @AfterEach
    void takeBack() {
        LEDGERS.takeBack();
    }
}
