// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nephometer.inventory.shared.feed.EventKind;
import io.nephometer.inventory.shared.feed.FeedObserver;
import io.nephometer.inventory.shared.feed.FeedOutcome;
import io.nephometer.inventory.shared.feed.NotificationFeed;
import java.time.Duration;

/** The figures of the way of notifications into the shared cache. Thread-safe. */
public final class FeedMetrics implements FeedObserver {
    private final MeterRegistry registry;
    private final Timer calls;

    public FeedMetrics(MeterRegistry registry) {
        this.registry = registry;
        calls = registry.timer("nephometer.cache.feed");
    }

    /** Shows what the cache may lack. */
    public static void bind(MeterRegistry registry, NotificationFeed feed) {
        Gauge.builder("nephometer.cache.feed.missed", feed, NotificationFeed::missed)
                .register(registry);
    }

    @Override
    public void ended(EventKind kind, FeedOutcome outcome, int count) {
        registry.counter("nephometer.cache.feed.events", "kind", kind.label(), "outcome", outcome.label())
                .increment(count);
    }

    @Override
    public void asked(Duration took) {
        calls.record(took);
    }
}
