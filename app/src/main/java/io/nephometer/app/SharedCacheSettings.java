// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.InventoryConfig;
import io.nephometer.app.config.SharedCacheConfig;
import io.nephometer.inventory.shared.ExpectedCloud;
import io.nephometer.inventory.shared.OwnCache;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cache that a process shares with others, by its configuration. */
public final class SharedCacheSettings {
    private SharedCacheSettings() {}

    /**
     * Opens it; nobody is asked yet.
     *
     * @param alone whether all that share it are in this process, so that it may be kept there
     * @param refreshes whether this process refreshes it, so that its Keystone says of which cloud it is
     * @return empty if it is switched off
     * @throws ConfigException if it is wanted and not said where it is
     */
    public static Optional<SharedCache> open(
            InventoryConfig inventory,
            @Nullable SharedCacheConfig redis,
            boolean alone,
            boolean refreshes,
            InstantSource clock)
            throws ConfigException {
        if (!inventory.globalResourceCache()) {
            return Optional.empty();
        }
        if (redis != null) {
            ExpectedCloud cloud = new ExpectedCloud(redis.cloud(), refreshes);
            return Optional.of(new OwnCache(new RedisSharedCache(redis.options()), cloud));
        }
        if (alone) {
            return Optional.of(new InProcessSharedCache(clock));
        }
        throw new ConfigException(List.of(new Problem(
                new Origin("configuration", 0),
                "shared_cache",
                "",
                "inventory.global_resource_cache shares a Redis: name it as shared_cache.url")));
    }
}
