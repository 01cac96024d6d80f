// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.CoordinatorContract;
import io.nephometer.coordination.CoordinatorFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

final class SqliteCoordinatorTest extends CoordinatorContract {
    @TempDir
    private Path folder;

    private SqlFixture fixture;

    @BeforeEach
    @Override
    protected void open() throws Exception {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(10_000);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + folder.resolve("members.db"));
        fixture = new SqlFixture(database, SqlEngine.SQLITE);
        super.open();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected CoordinatorFixture fixture() {
        return fixture;
    }
}
