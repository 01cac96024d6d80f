// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.read.SqlAudits;
import io.nephometer.store.read.SqlInventory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked in each round of audits costs what it tells: the database says itself how it would answer. */
class AuditPlanTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aLedgerOfTwoMonths() throws SQLException {
        StoreUrl url = new StoreUrl.Sqlite(folder.resolve("ledger.db"));
        Ledgers.open(url, LedgerOptions.DEFAULTS, InstantSource.system()).close();
        String numbers = " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) ";
        sql("INSERT INTO audit_runs (task, scope, period_begin, period_end, state, owner, attempt, lease_until, began,"
                + " ended, position, items, errors, message, source, watermark)" + numbers
                + "SELECT 'usage', 'hosts/' || (i % 16), i / 16, i / 16 + 1, 'DONE', '', 1, 0, 0, i, '', 0, 0, '', '', 0"
                + " FROM n");
        sql("INSERT INTO inventory_instances (id, newest, told, launched)" + numbers + "SELECT i, 0, 0, i FROM n");
        sql("INSERT INTO inventory_versions (id, since, told, share, launched, fields)" + numbers
                + "SELECT i, 0, 0, i % 16, i, x'' FROM n");
        sql("ANALYZE");
    }

    private String sql(String command) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            if (statement.execute(command)) {
                try (ResultSet row = statement.getResultSet()) {
                    while (row.next()) {
                        text.append(row.getString(row.getMetaData().getColumnCount()))
                                .append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    private String plan(String question) throws SQLException {
        return sql("EXPLAIN QUERY PLAN "
                + question.replace("task = ?", "task = 'usage'").replace("?", "7"));
    }

    @Test
    void whatBecameOtherwiseIsFoundWithoutReadingWhatIsDone() throws SQLException {
        assertThat(plan(SqlAudits.CHANGES).lines().filter(line -> line.contains("audit_runs")))
                .hasSize(2)
                .allMatch(line -> line.contains("audit_runs_by_state"));
    }

    @Test
    void aShareIsFoundWithoutReadingTheOthers() throws SQLException {
        assertThat(plan(SqlInventory.SHARE_WINDOW)).contains("inventory_versions_by_share (share=?");
        assertThat(plan(SqlInventory.IDS_WINDOW)).contains("sqlite_autoindex_inventory_instances_1 (id>? AND id<?)");
    }
}
