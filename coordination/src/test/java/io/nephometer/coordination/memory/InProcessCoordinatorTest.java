// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.CoordinatorContract;
import io.nephometer.coordination.CoordinatorFixture;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Presence;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class InProcessCoordinatorTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final InProcessCoordinator coordinator = new InProcessCoordinator(LEASE, nanos::get);

    @Nested
    class Contract extends CoordinatorContract {
        @Override
        protected CoordinatorFixture fixture() {
            return new Fixture();
        }
    }

    private final class Fixture implements CoordinatorFixture {
        @Override
        public Coordinator open() {
            return coordinator;
        }

        @Override
        public void endLease(Member member) {
            nanos.addAndGet(LEASE.toNanos() - 1);
            coordinator.members().live().stream()
                    .map(Presence::member)
                    .filter(other -> !other.isSameProcess(member))
                    .forEach(coordinator::beat);
            nanos.addAndGet(1);
        }
    }

    @Test
    void aLeaseLastsToItsEnd() {
        Member member = Member.starting("a", Set.of());
        coordinator.beat(member);

        nanos.addAndGet(LEASE.toNanos() - 1);
        assertThat(coordinator.members().names()).containsExactly("a");
        nanos.addAndGet(1);
        assertThat(coordinator.members().names()).isEmpty();
    }
}
