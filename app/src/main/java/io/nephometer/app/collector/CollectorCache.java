// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

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
        this.lookup = cache == null ? _ -> Optional.empty() : lookup(cache, surroundings);
    }

    private static Function<Collection<String>, Optional<Map<String, Found>>> lookup(
            SharedCache cache, Surroundings surroundings) {
        LateInstances instances = new LateInstances(cache, surroundings.ticker());
        BriefCall calls = new BriefCall(
                "asking the shared cache for late metadata", FeedOptions.defaults(), surroundings.ticker());
        return ids -> calls.make(() -> instances.find(ids));
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
        NotificationFeed feed =
                new NotificationFeed(cache, FeedOptions.defaults(), surroundings.ticker(), new FeedMetrics(registry));
        FeedMetrics.bind(registry, feed);
        return new CacheFeed(feed);
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
