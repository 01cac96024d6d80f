// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

class SqlitePendingPlanTest extends PendingPlanContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl url() {
        return new StoreUrl.Sqlite(file());
    }

    private Path file() {
        return folder.resolve("ledger.db");
    }

    @Override
    String sql(String command) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            if (statement.execute(command)) {
                try (ResultSet row = statement.getResultSet()) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        text.append(row.getString(columns)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    @Override
    String explain() {
        return "EXPLAIN QUERY PLAN";
    }

    @Override
    String analyze() {
        return "ANALYZE";
    }

    @Override
    String nothing() {
        return "x''";
    }
}
