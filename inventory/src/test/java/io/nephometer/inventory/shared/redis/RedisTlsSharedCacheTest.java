// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.RefresherSeatContract;
import io.nephometer.inventory.shared.SecondSetContract;
import io.nephometer.inventory.shared.SharedCacheContract;
import io.nephometer.inventory.shared.SharedCacheFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The same by TLS, as a user who may do no more than is documented. */
@Tag("server")
class RedisTlsSharedCacheTest {
    @TempDir
    private static Path folder;

    private static GuardedRedis guarded;

    private RedisFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        guarded = GuardedRedis.start(folder);
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    @BeforeEach
    void open() {
        fixture = new RedisFixture(guarded.redis(), guarded.options());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Nested
    class Reading extends SharedCacheContract {
        @Override
        protected SharedCacheFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Seat extends RefresherSeatContract {
        @Override
        protected SharedCacheFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class SecondSet extends SecondSetContract {
        @Override
        protected SharedCacheFixture fixture() {
            return fixture;
        }
    }
}
