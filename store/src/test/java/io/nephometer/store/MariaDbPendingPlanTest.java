// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import java.net.URI;
import org.junit.jupiter.api.Tag;

@Tag("server")
class MariaDbPendingPlanTest extends PendingPlanContract {
    private final String address = SharedMariaDb.newDatabase();

    @Override
    StoreUrl url() {
        return StoreUrl.parse(address);
    }

    @Override
    String sql(String command) {
        return SharedMariaDb.server().sql(URI.create(address).getPath().substring(1), command);
    }

    @Override
    String explain() {
        return "EXPLAIN";
    }

    @Override
    String analyze() {
        return "ANALYZE TABLE pending_samples";
    }

    @Override
    String nothing() {
        return "''";
    }
}
