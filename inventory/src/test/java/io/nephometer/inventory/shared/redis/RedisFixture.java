// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;

/** A space of a real Redis, seen by two clients. */
final class RedisFixture implements SharedCacheFixture, AutoCloseable {
    private final PrivateRedis redis;
    private final String space;
    private final RedisSharedCache cache;
    private final RedisSharedCache other;

    RedisFixture(PrivateRedis redis, RedisOptions options) {
        this.redis = redis;
        this.space = options.space();
        redis.cli("FLUSHALL");
        this.cache = new RedisSharedCache(options);
        this.other = new RedisSharedCache(options);
    }

    String key(String name) {
        return "nephometer:v1:{" + space + "}:" + name;
    }

    @Override
    public SharedCache cache() {
        return cache;
    }

    @Override
    public SharedCache other() {
        return other;
    }

    /** The clock of Redis cannot be moved; the end of the lease can. */
    @Override
    public void pass(Duration time) {
        redis.cli("HINCRBY", key("head"), "until", "-" + Arguments.micros(time));
    }

    @Override
    public void empty() {
        redis.cli("FLUSHALL");
    }

    @Override
    public void close() {
        cache.close();
        other.close();
    }
}
