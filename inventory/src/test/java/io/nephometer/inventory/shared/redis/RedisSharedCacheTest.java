// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.RefresherSeatContract;
import io.nephometer.inventory.shared.SecondSetContract;
import io.nephometer.inventory.shared.SharedCacheContract;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.inventory.shared.SharedCacheRaceContract;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatADeletedInstanceWasIsKnownForAnHour() throws Exception {
        fixture.filled(entry("a", "h1", "1"));
        fixture.amend(new Amendment.Delete("a", fixture.revision("a"), Instant.EPOCH));

        long left = Long.parseLong(
                SharedRedis.get().cli("PTTL", fixture.key("last:a")).strip());
        assertThat(Duration.ofMillis(left)).isPositive().isLessThanOrEqualTo(KnownInstance.LAST_BODY);
    }

    @Test
    void aSpaceIsAdopted_byWhoSaysWhoseItIs() throws Exception {
        try (RedisSharedCache cache = new RedisSharedCache(SharedRedis.options())) {
            assertThat(cache.adopt("nobody's", "ours")).isEmpty();
            assertThat(cache.head().cloud()).isNull();
            RefresherSeat seat =
                    cache.takeSeat("one", "before", Duration.ofMinutes(1)).orElseThrow();
            assertThat(cache.adopt("mistaken", "after")).contains("before");
            assertThat(cache.head().cloud()).isEqualTo("before");
            assertThat(cache.adopt("before", "after")).contains("before");
            assertThat(cache.head().cloud()).isEqualTo("after");
            seat.renew(Duration.ofMinutes(1));
            assertThat(cache.takeSeat("one", "after", Duration.ofMinutes(1))).isPresent();
        }
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
