// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.app.config.CollectorConfig;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.feed.BriefCall;
import io.nephometer.inventory.shared.feed.FeedOptions;
import io.nephometer.inventory.shared.feed.NotificationFeed;
import io.nephometer.inventory.shared.late.Found;
import io.nephometer.inventory.shared.late.LateInstances;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.runtime.Health;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a collector does with the shared cache: tells it of notifications, and asks it what samples without metadata are of. */
public final class CollectorCache {
    private final CollectorConfig config;
    private final @Nullable SharedCache cache;
    private final LateMetadata metadata;
    private final boolean notes;
    private final Surroundings surroundings;
    private volatile @Nullable NotificationFeed feed;
    private final BriefCall questions;
    private final Function<Collection<String>, Optional<Map<String, Found>>> lookup;

    /**
     * @param cache null if there is none: then samples without metadata wait until they are given up
     * @param notes whether what notifications tell of instances goes into the inventory
     */
    public CollectorCache(
            CollectorConfig config,
            @Nullable SharedCache cache,
            LateMetadata metadata,
            boolean notes,
            Surroundings surroundings) {
        this.notes = notes;
        this.config = config;
        this.cache = cache;
        this.metadata = metadata;
        this.surroundings = surroundings;
        this.questions = new BriefCall(
                "asking the shared cache for late metadata", FeedOptions.defaults(), surroundings.ticker());
        this.lookup = cache == null ? _ -> Optional.empty() : lookup(cache);
        if (cache != null) {
            Gauge.builder("nephometer.cache.foreign", this, it -> it.foreign().isPresent() ? 1 : 0)
                    .register(surroundings.registry());
            surroundings.health().register("shared cache of the collector", this::health);
        }
    }

    private Function<Collection<String>, Optional<Map<String, Found>>> lookup(SharedCache present) {
        LateInstances instances = new LateInstances(present, surroundings.ticker());
        return ids -> questions.make(() -> instances.find(ids));
    }

    /** Why the cache is not used, if it is that of another cloud. */
    private Optional<String> foreign() {
        NotificationFeed told = feed;
        Optional<String> asked = questions.foreign();
        return asked.isPresent() || told == null ? asked : told.foreign();
    }

    private Health health() {
        return foreign()
                .<Health>map(Health.Degraded::new)
                .orElse(new Health.Up("that of the right cloud, or not asked yet"));
    }

    /** Who sees batches before they are committed. */
    public CollectorCompanions companions() {
        return new CollectorCompanions(
                notes ? BatchCompanion.both(feed(), new InventoryNotes()) : feed(),
                new LateJoin(lookup, metadata, this::count));
    }

    private BatchCompanion feed() {
        if (cache == null || !config.notificationFeed()) {
            return BatchCompanion.NONE;
        }
        MeterRegistry registry = surroundings.registry();
        NotificationFeed told =
                new NotificationFeed(cache, FeedOptions.defaults(), surroundings.ticker(), new FeedMetrics(registry));
        FeedMetrics.bind(registry, told);
        feed = told;
        return new CacheFeed(told);
    }

    private void count(LateJoin.Fate fate, int samples) {
        surroundings
                .registry()
                .counter("nephometer.late.samples", "fate", fate.name().toLowerCase(Locale.ROOT))
                .increment(samples);
    }

    /** Completes what waits in the ledger. */
    public LateCompletion completion(DeferredLedger ledger) {
        return new LateCompletion(
                ledger::ledger,
                lookup,
                metadata,
                config.lateMetadataPatience(),
                surroundings.clock(),
                surroundings.registry());
    }
}
