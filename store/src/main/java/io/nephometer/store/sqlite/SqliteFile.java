// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.schema.Schema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Opens a ledger file. Only its owner may read it; one process at a time may write to it, others may read beside it.
 *
 * @param url where the file is
 */
public record SqliteFile(StoreUrl.Sqlite url, LedgerOptions options) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** An engine that may write, and what to call to give it up. */
    public record Opened(SqliteEngine engine, Runnable release) {}

    /** Opens for writing; makes the ledger if there is none. */
    public Opened open() throws SQLException {
        Path file = url.file().toAbsolutePath();
        FileLock lock = FileLock.take(file);
        try {
            create(file);
            Schema schema = new Schema(url, source(), "sqlite");
            schema.ensure();
            SqliteEngine engine = new SqliteEngine(new SqliteWriter(source(), options.lockTimeout()), readers());
            return new Opened(engine, () -> {
                engine.close();
                lock.close();
            });
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens for reading, beside a process that may be writing. */
    public Opened openReadOnly() throws SQLException {
        if (!Files.isRegularFile(url.file())) {
            throw new LedgerException(Kind.MISSING, "there is no ledger at " + url);
        }
        new Schema(url, source(), "sqlite").require();
        SqliteEngine engine = new SqliteEngine(null, readers());
        return new Opened(engine, engine::close);
    }

    /** Makes the ledger, or brings it up to date. */
    public void migrate() {
        Path file = url.file().toAbsolutePath();
        FileLock lock = FileLock.take(file);
        try {
            create(file);
            new Schema(url, source(), "sqlite").migrate();
        } finally {
            lock.close();
        }
    }

    private void create(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            restrict(file);
        } catch (IOException e) {
            throw new LedgerException(Kind.UNREACHABLE, "the ledger file " + file + " cannot be made: " + e, e);
        }
    }

    /** SQLite gives its side files the permissions of the main one. */
    private static void restrict(Path file) {
        try {
            if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new LedgerException(
                    Kind.UNREACHABLE,
                    "the ledger file " + file + " cannot be made readable by its owner only: " + e,
                    e);
        }
    }

    /** FULL: a commit that was reported survives a power cut. */
    private SQLiteDataSource source() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(options.lockTimeout().toMillis()));
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + url.file().toAbsolutePath());
        return source;
    }

    /** query_only instead of opening read-only: a reader of a WAL file must be able to make the shared index. */
    private HikariDataSource readers() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger readers");
        pool.setDataSource(source());
        pool.setConnectionInitSql("PRAGMA query_only = ON");
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(options.readers());
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        pool.setIdleTimeout(Duration.ofSeconds(30).toMillis());
        return new HikariDataSource(pool);
    }
}
