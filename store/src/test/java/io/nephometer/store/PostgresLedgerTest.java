// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.ledger.LedgerFidelityContract;
import io.nephometer.testkit.ledger.LedgerUnderTest;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresLedgerTest extends LedgerFidelityContract {
    private Ledger ledger;

    @BeforeEach
    void open() {
        StoreUrl url = StoreUrl.parse(SharedPostgres.newDatabase());
        ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, InstantSource.system());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Override
    protected LedgerUnderTest ledger() {
        return new OpenedLedger(ledger);
    }
}
