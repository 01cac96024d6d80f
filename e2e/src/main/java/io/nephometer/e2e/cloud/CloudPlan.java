// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param product the command that is {@code nephometer}
 * @param amqp the cloud's broker
 * @param store null: a SQLite ledger in the folder
 * @param folder where everything is written, empty at first
 * @param exchanges empty: the product's defaults; those that are not there are left out
 * @param topics of notifications
 * @param quiet how long nothing must come before the tap is closed
 * @param quietLimit after how long it is closed although something comes all the time
 * @param settle how long the ledger may make no progress before what it lacks is missing
 * @param killEvery how long each collector lives before it is killed and another started; null: it is left alone
 * @param inspect shell commands that list what the broker has, a line for each thing, its name first
 */
record CloudPlan(
        List<String> product,
        ConnectionUrl amqp,
        @Nullable ConnectionUrl store,
        Path folder,
        List<String> exchanges,
        List<String> topics,
        Duration quiet,
        Duration quietLimit,
        Duration settle,
        @Nullable Duration killEvery,
        List<String> inspect) {
    CloudPlan {
        product = List.copyOf(product);
        exchanges = List.copyOf(exchanges);
        topics = List.copyOf(topics);
        inspect = List.copyOf(inspect);
        if (store != null) {
            StoreUrl _ = StoreUrl.parse(store.reveal());
        }
    }

    /** The address of the ledger, with its password. */
    String storeUrl() {
        return store == null ? "sqlite:" + folder.resolve("ledger.db") : store.reveal();
    }
}
