// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.audit.EmptyBook;
import io.nephometer.app.config.NovaCellConfig;
import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.sources.audits.AuditEvent;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.sources.audits.AuditResult;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.ExistsEvent;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.cells.CellInstance;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.testkit.cells.RecordedCell;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The replica of a cell stands still while an instance ends. It would tell it alive; the audit waits, and is right when the replica has gone
 * on. Real replication of a database with Nova's schema. About 15 s.
 */
@Tag("server")
class CellGateTest {
    private static final String CELL = "nova_cell1";
    private static final String INSTANCE = "15bcac3a-64d3-4e58-9da7-740f9833ea60";

    /** The number of its row. */
    private static final int SHARE = 43 % HostShare.COUNT;

    private static final ReadIntent OLD_IS_FINE = new ReadIntent.Bounded(Duration.ofHours(1));

    private final List<ExistsEvent> told = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();

    private static void await(String what, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(60_000_000_000L);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private UsageAuditor auditor(Cells cells) {
        AuditOptions options =
                new AuditOptions(AuditPeriod.parse("hour"), Duration.ofMillis(1), Duration.ofDays(1), Duration.ZERO);
        AuditSink sink = events -> {
            for (AuditEvent event : events) {
                told.add((ExistsEvent) event);
            }
            return new AuditSink.Taken(events.size(), 0, 0, 0);
        };
        return new UsageAuditor(
                options,
                new CellInventory(
                        cells, new CellServers("instance-%08x"), OwnVersions.none(), Duration.ofDays(40), _ -> {}),
                new Book(),
                sink);
    }

    private static Optional<Instant> ended(NovaCell.CellAnswer<List<CellInstance>> answer) {
        return Optional.ofNullable(answer.value().getFirst().ended());
    }

    @Test
    void aFrozenReplica_holdsTheAudit_untilItHasSeenTheEnd() {
        try (PrivateMariaDb primary = PrivateMariaDb.primary();
                PrivateMariaDb replica = primary.replica()) {
            primary.start();
            primary.createDatabase(CELL);
            RecordedCell.fill(primary, CELL);
            replica.start();
            NovaCellConfig config = new NovaCellConfig(
                    "one", new ConnectionUrl(primary.url(CELL)), null, List.of(new ConnectionUrl(replica.url(CELL))));
            try (Cells cells = Cells.of(
                    CellsConfigs.of(List.of(config), Fallback.SKIP),
                    WallClock.system(),
                    Ticker.system(),
                    _ -> RouterObserver.NONE)) {
                cells.start();
                NovaCell cell = cells.all().getFirst();
                await(
                        "the replica is in step",
                        () -> cell.router().replicas().getFirst().state() == ReplicaState.HEALTHY);
                replica.sql("", "STOP REPLICA SQL_THREAD");
                primary.sql(
                        CELL,
                        "UPDATE instances SET vm_state = 'deleted', deleted = id, terminated_at = utc_timestamp(), deleted_at ="
                                + " utc_timestamp(), updated_at = utc_timestamp() WHERE uuid = '" + INSTANCE + "'");
                Instant over = WallClock.system()
                        .instant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plusSeconds(1);
                await("the period is over", () -> WallClock.system().instant().isAfter(over.plusMillis(10)));
                assertHeldThenDone(cells, cell, replica, new Period(over.minus(Duration.ofHours(12)), over));
            }
        }
    }

    private void assertHeldThenDone(Cells cells, NovaCell cell, PrivateMariaDb replica, Period period) {
        assertThat(ended(cell.read(OLD_IS_FINE, Fallback.SKIP, view -> view.instance(INSTANCE))))
                .as("the replica tells it alive")
                .isEmpty();
        assertThat(ended(cell.readPrimary(view -> view.instance(INSTANCE))))
                .as("the primary tells its end")
                .isPresent();
        assertThat(auditor(cells).run(period, SHARE))
                .isInstanceOfSatisfying(
                        AuditResult.Held.class, held -> assertThat(held.why()).contains("cell one", "needed is"));
        assertThat(told).isEmpty();

        replica.sql("", "START REPLICA SQL_THREAD");
        await("the replica has gone on", () -> cell.watermark()
                .filter(period.end().plusMillis(1)::isBefore)
                .isPresent());
        assertThat(auditor(cells).run(period, SHARE)).isInstanceOf(AuditResult.Done.class);
        assertThat(told)
                .filteredOn(event -> event.instance().id().equals(INSTANCE))
                .singleElement()
                .satisfies(event -> assertThat(event.instance().terminated()).isNotNull());
        assertThat(sources).isNotEmpty().allMatch(source -> source.startsWith("cell one, replica"));
    }

    /** Notes by whom the audit was told. */
    private final class Book extends EmptyBook {
        Book() {
            super(WallClock.system());
        }

        @Override
        public Optional<Hold> begin(AuditKey key, Inventory.Place place) {
            sources.add(place.source());
            return Optional.of(new Hold() {
                @Override
                public String position() {
                    return "";
                }

                @Override
                public long items() {
                    return 0;
                }

                @Override
                public long errors() {
                    return 0;
                }

                @Override
                public boolean progress(Tally tally) {
                    return true;
                }

                @Override
                public boolean done(Tally tally, String message) {
                    return true;
                }

                @Override
                public void failed(Tally tally, String message) {}
            });
        }
    }
}
