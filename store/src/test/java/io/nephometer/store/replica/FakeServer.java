// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.LogPosition.Lsn;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that says of itself what a test wants, and answers every read with its name, or fails. */
final class FakeServer {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final String name;
    private final Ticker ticker;
    String identity;
    String cluster = "cluster";
    String history = "1";
    boolean follows;
    long place = 100;

    @Nullable String silence;

    @Nullable String readFailure;

    /** A look comes upon it. */
    @Nullable RuntimeException defect;

    ServerLook.@Nullable Trouble trouble;
    List<Instant> beats = List.of();
    int reads;
    int looks;

    FakeServer(String name, boolean follows, Ticker ticker) {
        this.name = name;
        this.identity = name + " of today";
        this.follows = follows;
        this.ticker = ticker;
    }

    RouterParts.Server<LedgerView> part() {
        return new RouterParts.Server<>(name, this::view, Probe::new);
    }

    Instant clock() {
        return NOON.plusNanos(ticker.nanos());
    }

    private LedgerView view() {
        return (LedgerView) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {LedgerView.class},
                (_, method, _) -> switch (method.getName()) {
                    case "url" -> answer();
                    case "close" -> null;
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private StoreUrl answer() {
        reads++;
        if (readFailure != null) {
            throw new LedgerException(
                    Kind.FAILED, name + " failed", new SQLException("as the test wants", readFailure));
        }
        return new StoreUrl.Postgres(name, 1, "db", null, null, java.util.Map.of());
    }

    /** Whom a question reaches. */
    static String whom(LedgerView view) {
        return ((StoreUrl.Postgres) view.url()).host();
    }

    private final class Probe implements ReplicaProbe {
        @Override
        public ServerLook look() throws SQLException {
            looks++;
            if (defect != null) {
                throw defect;
            }
            if (silence != null) {
                throw new SQLException("as the test wants", silence);
            }
            return new ServerLook(identity, cluster, history, follows, new Lsn(place), clock(), trouble, List.of());
        }

        @Override
        public List<Instant> beats() {
            return beats;
        }

        @Override
        public void close() {
            silence = "08003";
        }
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
