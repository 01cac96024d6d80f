// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.store.commit.Committer;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.CleanupDesk;
import io.nephometer.store.ledger.ClusterView;
import io.nephometer.store.ledger.CountDesk;
import io.nephometer.store.ledger.EpochDesk;
import io.nephometer.store.ledger.GapBook;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerCursors;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerReader;
import io.nephometer.store.ledger.PendingDesk;
import io.nephometer.store.ledger.RecoveryDesk;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.RetentionReport;
import io.nephometer.store.ledger.RosterDesk;
import io.nephometer.store.ledger.SlotDesk;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.ledger.TableSize;
import io.nephometer.store.read.OldCarries;
import io.nephometer.store.read.SqlAudits;
import io.nephometer.store.read.SqlCleanups;
import io.nephometer.store.read.SqlCluster;
import io.nephometer.store.read.SqlCounts;
import io.nephometer.store.read.SqlEpochs;
import io.nephometer.store.read.SqlGapBook;
import io.nephometer.store.read.SqlInventory;
import io.nephometer.store.read.SqlInventoryDesk;
import io.nephometer.store.read.SqlLedgerLog;
import io.nephometer.store.read.SqlLedgerReader;
import io.nephometer.store.read.SqlPending;
import io.nephometer.store.read.SqlRecoveryDesk;
import io.nephometer.store.read.SqlRetention;
import io.nephometer.store.read.SqlRosters;
import io.nephometer.store.read.SqlSizes;
import io.nephometer.store.read.SqlSlots;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;

/** The ledger on an engine. */
final class EngineLedger implements Ledger {
    private final StoreUrl url;
    private final Engine engine;
    private final Runnable release;
    private final Committer committer;
    private final InstantSource clock;
    private final OldCarries carries;

    /** Takes the engine over; {@code release} gives up what it stands on. */
    EngineLedger(StoreUrl url, Engine engine, Runnable release, LedgerOptions options, InstantSource clock) {
        this.url = url;
        this.engine = engine;
        this.release = release;
        this.clock = clock;
        this.carries = new OldCarries(engine);
        this.committer = new Committer(engine, clock, options.probe(), options.maxMembers());
    }

    @Override
    public CommitOutcome commit(LedgerBatch batch) {
        return committer.commit(batch);
    }

    /** Whether a transaction can be opened that may write. */
    @Override
    public boolean isAvailable() {
        try (Transaction transaction = engine.begin();
                Statement statement = transaction.connection().createStatement()) {
            return statement.execute("SELECT position FROM log_head");
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public StoreUrl url() {
        return url;
    }

    @Override
    public LedgerReader reader() {
        return new SqlLedgerReader(engine);
    }

    @Override
    public RecoveryDesk recovery() {
        return new SqlRecoveryDesk(engine, committer, clock);
    }

    @Override
    public GapBook gaps() {
        return new SqlGapBook(engine);
    }

    @Override
    public SlotDesk slots() {
        return new SqlSlots(engine, clock);
    }

    @Override
    public ClusterView cluster() {
        return new SqlCluster(engine, clock);
    }

    @Override
    public EpochDesk epochs() {
        return new SqlEpochs(engine, clock);
    }

    @Override
    public RosterDesk rosters() {
        return new SqlRosters(engine, clock);
    }

    @Override
    public InventoryReader inventory() {
        return new SqlInventory(engine, clock);
    }

    @Override
    public InventoryDesk inventoryDesk() {
        return new SqlInventoryDesk(engine, clock);
    }

    @Override
    public AuditDesk audits() {
        return new SqlAudits(engine, clock);
    }

    @Override
    public CleanupDesk cleanups() {
        return new SqlCleanups(engine, clock);
    }

    @Override
    public CountDesk counts() {
        return new SqlCounts(engine);
    }

    @Override
    public PendingDesk pending() {
        return new SqlPending(engine, committer, clock);
    }

    @Override
    public LedgerCursors log() {
        return new SqlLedgerLog(engine, clock);
    }

    @Override
    public RetentionReport retain(RetentionPolicy policy, int maxRows) {
        return SqlRetention.run(engine, carries, policy, clock.instant(), maxRows);
    }

    @Override
    public List<TableSize> sizes() {
        return SqlSizes.of(engine);
    }

    @Override
    public void close() {
        release.run();
    }
}
