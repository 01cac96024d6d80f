// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.schema;

import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.StoreUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema of one database. The migrations are SQL files, one folder per engine; a database without any is new.
 *
 * @param url for messages
 * @param source of connections that may change tables
 * @param folder of the migrations, below {@code io/nephometer/store/migrations}
 */
public record Schema(StoreUrl url, DataSource source, String folder) {
    /** What this program works with. */
    public static final int VERSION = 14;

    private static final String HISTORY = "schema_history";

    /** 0: no ledger there. */
    public int version() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // A catalog is what MariaDB has for a schema.
            try (ResultSet table = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), HISTORY, null)) {
                if (!table.next()) {
                    return 0;
                }
            }
            // Versions are whole numbers; the marker rows of Flyway have none.
            try (ResultSet row = statement.executeQuery("SELECT max(CAST(version AS INTEGER)) FROM " + HISTORY
                    + " WHERE version IS NOT NULL AND success")) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** Makes the tables where there is no ledger yet; throws if one is there in another version than that of this program. */
    public void ensure() throws SQLException {
        int version = version();
        if (version == 0) {
            migrate();
            require();
        } else {
            require(version);
        }
    }

    /** Throws unless the ledger is there in the version of this program. */
    public void require() throws SQLException {
        require(version());
    }

    private void require(int version) {
        if (version == 0) {
            throw new LedgerException(
                    LedgerException.Kind.MISSING, "there is no ledger at " + url + "; it is made by: store migrate");
        }
        if (version < VERSION) {
            throw new LedgerException(
                    LedgerException.Kind.SCHEMA_OLDER,
                    "the ledger at " + url + " has schema version " + version + ", this program needs " + VERSION
                            + "; stop what writes to it and run: store migrate");
        }
        if (version > VERSION) {
            throw new LedgerException(
                    LedgerException.Kind.SCHEMA_NEWER,
                    "the ledger at " + url + " has schema version " + version + ", this program knows " + VERSION
                            + "; use the newer program that made it");
        }
    }

    /** Brings the tables up to {@link #VERSION}; several processes at once do it one after the other. */
    public void migrate() {
        try {
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:io/nephometer/store/migrations/" + folder)
                    .table(HISTORY)
                    .loggers("slf4j")
                    .load();
            if (folder.equals("mariadb")) {
                // Without transactions for tables a migration can end halfway. Each can be run again from its start.
                flyway.repair();
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new LedgerException(
                    LedgerException.Kind.FAILED, "the tables of " + url + " were not brought up to date: " + e, e);
        }
    }
}
