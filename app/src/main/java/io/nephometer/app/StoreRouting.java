// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.StoreConfig;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.RouterParts;
import io.nephometer.store.replica.RoutingOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** From configuration to the servers that reads may go to. */
public final class StoreRouting {
    private StoreRouting() {}

    /** Where the ledger is, with its password. */
    public static StoreUrl primary(StoreConfig config) {
        return StoreSettings.url(config);
    }

    /** Where its replicas are. One whose address has no password has that of the ledger. */
    public static List<StoreUrl> slaves(StoreConfig config) {
        Secret password = config.password();
        return config.slaveConnection().stream()
                .map(slave -> StoreUrl.parse(slave.reveal()))
                .map(slave -> password == null ? slave : withPassword(slave, password))
                .toList();
    }

    private static StoreUrl withPassword(StoreUrl slave, Secret password) {
        return switch (slave) {
            case StoreUrl.Sqlite _ -> slave;
            case StoreUrl.Postgres server ->
                server.password() == null ? server.withPassword(password.reveal()) : server;
            case StoreUrl.MariaDb server -> server.password() == null ? server.withPassword(password.reveal()) : server;
        };
    }

    /** How replicas are used. */
    public static RoutingOptions options(StoreConfig config) {
        return new RoutingOptions(
                config.maxStaleness(), config.probeInterval(), config.slaveTimeout(), config.fallbackReadsPerSecond());
    }

    /** The servers; {@code view} opens that of the ledger itself. */
    public static RouterParts<LedgerView> parts(
            StoreConfig config, Supplier<? extends LedgerView> view, InstantSource clock) {
        return Ledgers.routed(
                primary(config),
                view,
                slaves(config),
                StoreSettings.options(config, CommitProbe.NONE),
                options(config),
                clock);
    }
}
