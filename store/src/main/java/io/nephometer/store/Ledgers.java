// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.postgres.PostgresEngine;
import io.nephometer.store.postgres.PostgresServer;
import io.nephometer.store.sqlite.SqliteFile;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

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
        });
    }

    /** Makes a ledger, or brings an older one up to the version of this program. Does nothing to one that is up to date. */
    public static void migrate(StoreUrl url, LedgerOptions options) {
        opening(url, () -> {
            switch (url) {
                case StoreUrl.Sqlite file -> new SqliteFile(file, options).migrate();
                case StoreUrl.Postgres server -> new PostgresServer(server, options).migrate();
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
        };
    }

    private interface Opening<T> {
        T run() throws SQLException;
    }

    private static <T> T opening(StoreUrl url, Opening<T> opening) {
        try {
            return opening.run();
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState() + " ";
            throw new LedgerException(
                    Kind.UNREACHABLE, "the ledger " + url + " cannot be opened: " + state + e.getMessage(), e);
        }
    }
}
