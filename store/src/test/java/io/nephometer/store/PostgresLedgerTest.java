// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresLedgerTest extends EngineContract {
    @Override
    StoreUrl newLedger() {
        return StoreUrl.parse(SharedPostgres.newSchema());
    }
}
