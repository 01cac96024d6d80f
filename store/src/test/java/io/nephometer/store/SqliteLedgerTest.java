// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends EngineContract {
    @TempDir
    Path folder;

    private int made;

    @Override
    StoreUrl newLedger() {
        return new StoreUrl.Sqlite(folder.resolve("ledger-" + made++ + ".db"));
    }
}
