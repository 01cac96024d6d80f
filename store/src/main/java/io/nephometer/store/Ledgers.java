// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbEngine;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.store.postgres.PostgresEngine;
import io.nephometer.store.postgres.PostgresServer;
import io.nephometer.store.replica.MariaDbProbe;
import io.nephometer.store.replica.PostgresProbe;
import io.nephometer.store.replica.ReplicaProbe;
import io.nephometer.store.replica.RouterParts;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.store.sqlite.SqliteFile;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens ledgers. Every method throws {@link LedgerException} with the reason if it cannot. */
public final class Ledgers {
    private Ledgers() {}

    /** Opens a ledger for writing and reading; makes it where there is none yet, but never alters an older one. */
    public static Ledger open(StoreUrl url, LedgerOptions options, InstantSource clock) {
        return opening(url, () -> switch (url) {
            case StoreUrl.Sqlite file -> {
                SqliteFile.Opened opened = new SqliteFile(file, options).open();
                yield new EngineLedger(url, opened.engine(), opened.release(), options, clock);
            }
            case StoreUrl.Postgres server -> {
                PostgresEngine engine = new PostgresServer(server, options).open();
                yield new EngineLedger(url, engine, engine::close, options, clock);
            }
            case StoreUrl.MariaDb server -> {
                MariaDbEngine engine = new MariaDbServer(server, options).open();
                yield new EngineLedger(url, engine, engine::close, options, clock);
            }
        });
    }

    /** Opens a ledger for reading only, beside the process that writes to it. */
    public static LedgerView openReadOnly(StoreUrl url, LedgerOptions options, InstantSource clock) {
        return opening(url, () -> switch (url) {
            case StoreUrl.Sqlite file -> {
                SqliteFile.Opened opened = new SqliteFile(file, options).openReadOnly();
                yield new EngineLedger(url, opened.engine(), opened.release(), options, clock);
            }
            case StoreUrl.Postgres server -> {
                PostgresEngine engine = new PostgresServer(server, options).openReadOnly();
                yield new EngineLedger(url, engine, engine::close, options, clock);
            }
            case StoreUrl.MariaDb server -> {
                MariaDbEngine engine = new MariaDbServer(server, options).openReadOnly();
                yield new EngineLedger(url, engine, engine::close, options, clock);
            }
        });
    }

    /** Makes a ledger, or brings an older one up to the version of this program. Does nothing to one that is up to date. */
    public static void migrate(StoreUrl url, LedgerOptions options) {
        opening(url, () -> {
            switch (url) {
                case StoreUrl.Sqlite file -> new SqliteFile(file, options).migrate();
                case StoreUrl.Postgres server -> new PostgresServer(server, options).migrate();
                case StoreUrl.MariaDb server -> new MariaDbServer(server, options).migrate();
            }
            return true;
        });
    }

    /**
     * Connections to a ledger's database for those who keep tables of their own there, apart from those of commits; empty if the
     * ledger is of one process. Connects when it is used.
     *
     * @param most how many at once
     */
    public static Optional<LedgerConnections> connections(StoreUrl url, LedgerOptions options, int most) {
        return switch (url) {
            case StoreUrl.Sqlite _ -> Optional.empty();
            case StoreUrl.Postgres server ->
                Optional.of(new LedgerConnections(new PostgresServer(server, options).connections(most)));
            case StoreUrl.MariaDb server ->
                Optional.of(new LedgerConnections(new MariaDbServer(server, options).connections(most)));
        };
    }

    /**
     * A router that sends reads to a ledger or to replicas of it. Connects to nobody yet.
     *
     * @param primary opens the view that reads of the primary use; the router closes it
     * @param slaves addresses of replicas; none: the primary answers everything, and nobody is probed
     * @throws IllegalArgumentException if a replica is of another kind of store
     */
    public static RouterParts<LedgerView> routed(
            StoreUrl url,
            Supplier<? extends LedgerView> primary,
            List<StoreUrl> slaves,
            LedgerOptions options,
            RoutingOptions routing,
            InstantSource clock) {
        return new RouterParts<>(
                new RouterParts.Server<>(url.toString(), primary, () -> probe(url, options, routing)),
                slaves.stream()
                        .map(slave -> replica(url, slave, options, routing, clock))
                        .toList(),
                routing);
    }

    private static RouterParts.Server<LedgerView> replica(
            StoreUrl url, StoreUrl slave, LedgerOptions options, RoutingOptions routing, InstantSource clock) {
        if (!url.getClass().equals(slave.getClass()) || slave instanceof StoreUrl.Sqlite) {
            throw new IllegalArgumentException("slave_connection " + slave + " cannot be a replica of " + url
                    + ": both have to be databases of one kind of server");
        }
        return new RouterParts.Server<>(
                slave.toString(),
                () -> replicaView(slave, options, routing, clock),
                () -> probe(slave, options, routing));
    }

    private static LedgerView replicaView(
            StoreUrl slave, LedgerOptions options, RoutingOptions routing, InstantSource clock) {
        return switch (slave) {
            case StoreUrl.Sqlite _ -> throw withoutReplicas(slave);
            case StoreUrl.Postgres server -> {
                PostgresEngine engine = new PostgresServer(server, options).openReplica(routing.silence());
                yield new EngineLedger(slave, engine, engine::close, options, clock);
            }
            case StoreUrl.MariaDb server -> {
                MariaDbEngine engine = new MariaDbServer(server, options).openReplica(routing.silence());
                yield new EngineLedger(slave, engine, engine::close, options, clock);
            }
        };
    }

    private static IllegalArgumentException withoutReplicas(StoreUrl url) {
        return new IllegalArgumentException("the file " + url + " has no replicas");
    }

    private static ReplicaProbe probe(StoreUrl url, LedgerOptions options, RoutingOptions routing) {
        return switch (url) {
            case StoreUrl.Sqlite _ -> throw withoutReplicas(url);
            case StoreUrl.Postgres server ->
                new PostgresProbe(new PostgresServer(server, options).probing(routing.silence()));
            case StoreUrl.MariaDb server ->
                new MariaDbProbe(new MariaDbServer(server, options).probing(routing.silence()));
        };
    }

    private interface Opening<T> {
        T run() throws SQLException;
    }

    private static <T> T opening(StoreUrl url, Opening<T> opening) {
        try {
            return opening.run();
        } catch (SQLException e) {
            throw new LedgerException(
                    Kind.UNREACHABLE, "the ledger " + url + " cannot be opened: " + SqlFailure.text(e), e);
        }
    }
}
