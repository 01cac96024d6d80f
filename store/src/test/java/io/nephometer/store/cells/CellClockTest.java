// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.cells.CellView.Seen;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.LogPosition.Lsn;
import io.nephometer.store.replica.ReplicaProbe;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RouterParts;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.store.replica.ServerLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replica is complete up to a time of its primary's clock; periods end by ours. */
class CellClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private long nanos;
    private long written = 100;
    private Duration ahead = Duration.ZERO;

    private Instant now() {
        return NOON.plusNanos(nanos);
    }

    private NovaCell cell() {
        RouterParts<CellView> parts =
                new RouterParts<>(server("primary", false), List.of(server("replica", true)), RoutingOptions.DEFAULTS);
        return new NovaCell("cell1", parts.router(this::now, () -> nanos, RouterObserver.NONE), this::now);
    }

    /** The replica has replayed 100, and no more. */
    private RouterParts.Server<CellView> server(String name, boolean follows) {
        return new RouterParts.Server<>(
                name, () -> new CellView(() -> nanos, name, new HikariDataSource()), () -> new ReplicaProbe() {
                    @Override
                    public ServerLook look() {
                        Lsn position = new Lsn(follows ? 100 : written);
                        Instant clock = follows ? now() : now().plus(ahead);
                        return new ServerLook(name, "cluster", "1", follows, position, clock, null, List.of());
                    }

                    @Override
                    public List<Instant> beats() {
                        return List.of();
                    }

                    @Override
                    public void close() {}
                });
    }

    private static NovaCell.CellAnswer<String> read(NovaCell cell, Instant needed) {
        return cell.readUpTo(needed, Fallback.SKIP, _ -> new Seen<>(needed, "told"));
    }

    /** Then the primary writes, and twelve seconds go by. */
    private void standStill(NovaCell cell) {
        cell.router().settle(Duration.ofSeconds(20));
        written = 200;
        nanos += Duration.ofSeconds(12).toNanos();
        cell.router().settle(Duration.ofSeconds(20));
    }

    @Test
    void aReplicaThatStandsStill_isCompleteUpToThen() {
        try (NovaCell cell = cell()) {
            standStill(cell);
            assertThat(read(cell, NOON).complete()).isEqualTo(NOON);
            assertThatThrownBy(() -> read(cell, NOON.plusSeconds(8))).hasMessageContaining("too_old");
        }
    }

    /** By the primary's clock it has everything up to ten seconds past noon; by ours it lacks all since noon. */
    @Test
    void aPrimaryWhoseClockIsAhead_vouchesForNothing() {
        ahead = Duration.ofSeconds(10);
        try (NovaCell cell = cell()) {
            standStill(cell);
            assertThatThrownBy(() -> read(cell, NOON.plusSeconds(8)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("the clock of the primary of its replica replica is 10 s ahead of ours");
            assertThat(cell.status().state()).isEqualTo("clock_differs");
        }
    }
}
