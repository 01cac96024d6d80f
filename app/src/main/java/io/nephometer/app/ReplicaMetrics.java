// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.runtime.Health;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.RouterObserver;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts where reads went, and shows how replicas stand. */
public final class ReplicaMetrics implements RouterObserver {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMetrics.class);

    private final MeterRegistry registry;

    public ReplicaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows each replica from now on. */
    public void bind(ReplicaRouter<?> router) {
        List<ReplicaStatus> replicas = router.replicas();
        for (int i = 0; i < replicas.size(); i++) {
            int number = i;
            String server = replicas.get(i).server();
            Gauge.builder(
                            "nephometer.replica.staleness.seconds",
                            router,
                            it -> staleness(it.replicas().get(number)))
                    .description("At most so old is what the replica answers; NaN if nothing is proven")
                    .tag("server", server)
                    .register(registry);
            for (ReplicaState state : ReplicaState.values()) {
                Gauge.builder(
                                "nephometer.replica.state",
                                router,
                                it -> it.replicas().get(number).state() == state ? 1 : 0)
                        .description("1 for the state that the replica is in")
                        .tag("server", server)
                        .tag("state", state.label())
                        .register(registry);
            }
        }
    }

    private static double staleness(ReplicaStatus replica) {
        return replica.staleness() == null ? Double.NaN : replica.staleness().toMillis() / 1000.0;
    }

    /** Degraded while one of the replicas is not healthy: reads go on, at the primary or not at all. */
    static Health health(ReplicaRouter<?> router) {
        for (ReplicaStatus replica : router.replicas()) {
            if (replica.state() != ReplicaState.HEALTHY) {
                return new Health.Degraded(replica.server() + " is "
                        + replica.state().label() + " (" + replica.reason().label() + "): " + replica.detail());
            }
        }
        return new Health.Up(router.replicas().size() + " in step");
    }

    @Override
    public void routed(ReadRoute route) {
        registry.counter(
                        "nephometer.reads",
                        "target",
                        route.target().label(),
                        "reason",
                        route.reason().label())
                .increment();
    }

    @Override
    public void fellBack(Fallback fallback) {
        registry.counter(
                        "nephometer.reads.fallback", "fallback", fallback.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void changed(ReplicaStatus now) {
        if (now.state() == ReplicaState.HEALTHY) {
            LOG.info("The replica {} is healthy: {}", now.server(), now.detail());
        } else {
            LOG.warn(
                    "The replica {} is {} ({}): {}",
                    now.server(),
                    now.state().label(),
                    now.reason().label(),
                    now.detail());
        }
    }
}
