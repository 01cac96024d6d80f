// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.OpenView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a router is made of.
 *
 * @param primary the server of {@code store.url}
 * @param replicas those of {@code store.slave_connection}; none: the primary answers everything, and is not probed
 */
public record RouterParts<V extends OpenView>(Server<V> primary, List<Server<V>> replicas, RoutingOptions options) {
    /** Times written by others are believed less this: clocks differ, times are cut to seconds, commits take a while. */
    private static final Duration HEARTBEAT_MARGIN = Duration.ofSeconds(5);

    public RouterParts {
        replicas = List.copyOf(replicas);
    }

    /**
     * One server.
     *
     * @param name its address without a password
     * @param opening opens a view of it; closed by the router
     * @param probe makes what asks it how it stands
     */
    public record Server<V extends OpenView>(
            String name, Supplier<? extends V> opening, Supplier<ReplicaProbe> probe) {}

    /** A router that has not asked anybody yet. */
    public ReplicaRouter<V> router(InstantSource clock, Ticker ticker, RouterObserver observer) {
        LazyView<V> view = new LazyView<>(primary.name(), primary.opening());
        if (replicas.isEmpty()) {
            return new ReplicaRouter<>(primary.name(), view, null, List.of(), options, ticker, observer);
        }
        PrimaryWatch watch = new PrimaryWatch(primary.name(), primary.probe().get(), ticker);
        Judgement judgement =
                new Judgement(watch, new Heartbeats(HEARTBEAT_MARGIN), options.maxStaleness(), ticker, clock);
        List<Replica<V>> made = replicas.stream()
                .map(server -> new Replica<V>(
                        server.name(),
                        server.probe().get(),
                        server.opening(),
                        judgement,
                        options.unwatched(),
                        ticker,
                        observer::changed))
                .toList();
        return new ReplicaRouter<>(primary.name(), view, watch, made, options, ticker, observer);
    }
}
