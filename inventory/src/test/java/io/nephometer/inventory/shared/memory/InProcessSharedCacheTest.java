// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeatContract;
import io.nephometer.inventory.shared.SecondSetContract;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheContract;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.inventory.shared.SharedCacheRaceContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InProcessSharedCacheTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final InProcessSharedCache engine = new InProcessSharedCache(now::get);
    private final SharedCacheFixture fixture = new SharedCacheFixture() {
        @Override
        public SharedCache cache() {
            return engine;
        }

        @Override
        public SharedCache other() {
            return engine;
        }

        @Override
        public void pass(Duration time) {
            now.updateAndGet(instant -> instant.plus(time));
        }

        @Override
        public void empty() {
            engine.empty();
        }
    };

    @Test
    void aHostThatDidNotChangeIsNotCopiedAgain() throws Exception {
        fixture.filled(entry("a", "h1", "1"), entry("b", "h2", "1"));
        var before = engine.host("h1", null).entries();

        fixture.put("b", "h2", "2");

        assertThat(engine.host("h1", null).entries()).isSameAs(before);
        assertThat(engine.host("h2", null).entries()).hasSize(1);
    }

    @Test
    void whatADeletedInstanceWasIsKnownForAnHour() throws Exception {
        fixture.filled(entry("a", "h1", "1"), entry("b", "h1", "2"));
        Instant deleted = engine.head().now();
        fixture.amend(new Amendment.Delete("a", fixture.revision("a"), deleted));

        fixture.pass(KnownInstance.LAST_BODY.minusMillis(1));
        assertThat(engine.instances(List.of("a"))).containsEntry("a", new KnownInstance.Gone(deleted, "1"));
        fixture.pass(Duration.ofMillis(1));
        assertThat(engine.instances(List.of("a"))).containsEntry("a", new KnownInstance.Gone(deleted, null));
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
