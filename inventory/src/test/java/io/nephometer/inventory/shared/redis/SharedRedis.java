// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.testkit.servers.PrivateRedis;
import org.jspecify.annotations.Nullable;

/** One Redis for all tests of this JVM, which empty it; it ends with the JVM. */
final class SharedRedis {
    private static @Nullable PrivateRedis redis;

    private SharedRedis() {}

    static synchronized PrivateRedis get() {
        if (redis == null) {
            PrivateRedis started = new PrivateRedis();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            redis = started;
        }
        return redis;
    }

    static RedisOptions options() {
        return RedisOptions.of(get().url(), "tests");
    }
}
