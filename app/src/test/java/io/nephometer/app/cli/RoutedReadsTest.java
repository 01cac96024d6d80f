// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.LogPosition.Lsn;
import io.nephometer.store.replica.ReplicaProbe;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RouterParts;
import io.nephometer.store.replica.RouterParts.Server;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.store.replica.ServerLook;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A primary that hangs, or does from the second question on, and a replica that has come as far as it was then. */
class RoutedReadsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final StringWriter err = new StringWriter();
    private long nanos;
    private boolean silent;
    private List<Instant> beats = List.of();

    private final class Probe implements ReplicaProbe {
        private final boolean follows;

        Probe(boolean follows) {
            this.follows = follows;
        }

        @Override
        public ServerLook look() throws SQLException {
            if (!follows && silent) {
                throw new SQLException("as the test wants", "08006");
            }
            return new ServerLook(
                    "process", "cluster", "1", follows, new Lsn(100), NOON.plusNanos(nanos), null, List.of());
        }

        @Override
        public List<Instant> beats() {
            return beats;
        }

        @Override
        public void close() {}
    }

    private Server<LedgerView> server(String name, boolean follows) {
        return new Server<>(name, RoutedReadsTest::view, () -> new Probe(follows));
    }

    private static LedgerView view() {
        return (LedgerView) Proxy.newProxyInstance(
                RoutedReadsTest.class.getClassLoader(), new Class<?>[] {LedgerView.class}, (_, _, _) -> null);
    }

    private RoutedReads reads() {
        ReplicaRouter<LedgerView> router = new RouterParts<>(
                        server("db1", false), List.of(server("db2", true)), RoutingOptions.DEFAULTS)
                .router(() -> NOON.plusNanos(nanos), () -> nanos, RouterObserver.NONE);
        return new RoutedReads(router, Duration.ofSeconds(1), Fallback.STALE, new PrintWriter(err));
    }

    private String warning(RoutedReads reads) {
        err.getBuffer().setLength(0);
        reads.router().settle(Duration.ofMinutes(1)); // until each has answered once more, for this clock stands still
        assertThat(reads.<String>read(_ -> "answer")).isEqualTo("answer");
        return err.toString().strip();
    }

    @Test
    void ofAReplicaThatNobodyCouldCompareWithItsPrimary_itIsSaid_withAnAgeOrWithout() {
        silent = true;
        try (RoutedReads reads = reads()) {
            String unconfirmed = "; whether it is a replica of db1 at all cannot be told before that has answered once";
            assertThat(warning(reads))
                    .isEqualTo(
                            "nephometer: warning: answered by the replica db2; how old that is cannot be told, for its"
                                    + " primary does not answer" + unconfirmed);
            beats = List.of(NOON.minusSeconds(7));
            assertThat(warning(reads))
                    .isEqualTo("nephometer: warning: answered by the replica db2, which may lack the last 13s"
                            + unconfirmed);
        }
    }

    @Test
    void ofAReplicaThatWasComparedOnce_onlyItsAgeIsSaid() {
        try (RoutedReads reads = reads()) {
            assertThat(warning(reads)).isEmpty();
            silent = true;
            nanos = Duration.ofSeconds(20).toNanos();
            assertThat(warning(reads))
                    .isEqualTo("nephometer: warning: answered by the replica db2, which may lack the last 21s");
        }
    }
}
