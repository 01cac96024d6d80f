// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.RoutingOptions;
import java.time.Duration;
import java.util.List;

/**
 * A cell database, and how it is read.
 *
 * @param name what it is called; Nova's own name for the cell will do
 * @param replicas which may answer, while it is proven how old their answers are; none: the database itself answers
 * @param connectTimeout how long to wait for a server to answer at all
 * @param statementTimeout after which the server ends a statement
 * @param connections to each server at most
 */
public record CellSettings(
        String name,
        StoreUrl.MariaDb url,
        List<StoreUrl.MariaDb> replicas,
        RoutingOptions routing,
        Duration connectTimeout,
        Duration statementTimeout,
        int connections) {
    public CellSettings {
        replicas = List.copyOf(replicas);
    }
}
