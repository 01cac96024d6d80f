// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.RefresherSeatContract;
import io.nephometer.inventory.shared.SecondSetContract;
import io.nephometer.inventory.shared.SharedCacheContract;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.inventory.shared.SharedCacheRaceContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("server")
class RedisSharedCacheTest {
    private RedisFixture fixture;

    @BeforeEach
    void open() {
        fixture = new RedisFixture(SharedRedis.get(), SharedRedis.options());
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

    @Nested
    class Races extends SharedCacheRaceContract {
        @Override
        protected SharedCacheFixture fixture() {
            return fixture;
        }
    }
}
