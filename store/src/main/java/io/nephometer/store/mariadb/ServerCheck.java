// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import io.nephometer.store.commit.NotDurableException;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.StoreUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** What a server must be, and how it must be set, to keep a ledger. */
final class ServerCheck {
    /** JSON_TABLE came with it. */
    private static final int OLDEST = 10_006;

    private static final long LEAST_PACKET = 16L << 20;
    private static final Pattern VERSION = Pattern.compile("([0-9]+)\\.([0-9]+).*");

    private ServerCheck() {}

    /** Throws unless it is a MariaDB that is new enough, can log what we write, and takes a large message. */
    static void require(StoreUrl.MariaDb url, DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version(), @@global.log_bin, @@global.binlog_format, @@global.max_allowed_packet")) {
            row.next();
            requireVersion(url, row.getString(1));
            if (row.getBoolean(2) && row.getString(3).equals("STATEMENT")) {
                throw unsupported(url, "binlog_format is STATEMENT; MIXED or ROW is needed");
            }
            if (row.getLong(4) < LEAST_PACKET) {
                throw unsupported(
                        url,
                        "max_allowed_packet is " + row.getLong(4) + "; at least " + LEAST_PACKET + " (16M) is needed");
            }
        }
    }

    static void requireVersion(StoreUrl.MariaDb url, String version) {
        Matcher parts = VERSION.matcher(version);
        if (!version.contains("MariaDB")) {
            throw unsupported(
                    url, "the server is no MariaDB, but says it is version " + version + "; MySQL is not supported");
        }
        // Some say "5.5.5-" before the version, for old replicas.
        String own = version.startsWith("5.5.5-") ? version.substring("5.5.5-".length()) : version;
        parts.reset(own);
        int number = parts.matches() ? Integer.parseInt(parts.group(1)) * 1_000 + Integer.parseInt(parts.group(2)) : 0;
        if (number < OLDEST) {
            throw unsupported(url, "the server is MariaDB " + own + "; 10.6 or newer is needed");
        }
    }

    private static LedgerException unsupported(StoreUrl.MariaDb url, String what) {
        return new LedgerException(Kind.UNSUPPORTED_SERVER, url + ": " + what);
    }

    /** With a binary log, InnoDB leaves the last flush of a commit to that log. */
    static void requireDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.innodb_flush_log_at_trx_commit, "
                        + "@@global.log_bin, @@global.sync_binlog, @@global.read_only")) {
            row.next();
            int flush = row.getInt(1);
            if (flush != 1 && flush != 3) {
                throw new NotDurableException("innodb_flush_log_at_trx_commit is " + flush + ", not 1,");
            }
            if (row.getBoolean(2) && row.getLong(3) != 1) {
                throw new NotDurableException(
                        "there is a binary log, and sync_binlog is " + row.getLong(3) + ", not 1,");
            }
            String readOnly = row.getString(4);
            if (!readOnly.equals("0") && !readOnly.equals("OFF")) {
                throw new SQLException("the server is a replica, or read-only: it takes no writes", "25006");
            }
        }
    }
}
