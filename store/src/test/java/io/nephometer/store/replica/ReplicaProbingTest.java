// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicaProbingTest {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();
    private final FakeServer primary = new FakeServer("primary", false, ticker);
    private final FakeServer replica = new FakeServer("replica", true, ticker);

    private final PrimaryWatch watch =
            new PrimaryWatch("primary", primary.part().probe().get(), ticker);
    private final Replica<LedgerView> asked = new Replica<>(
            "replica",
            replica.part().probe().get(),
            replica.part().opening(),
            new Judgement(watch, new Heartbeats(Duration.ZERO), INTERVAL, ticker, InstantSource.fixed(primary.clock())),
            INTERVAL,
            ticker,
            _ -> {});

    @AfterEach
    void close() {
        asked.close();
        watch.close();
    }

    /** Twice as often, so that what is known of a replica is at most half an interval old; the primary is asked no more for it. */
    @Test
    void replicasAreAskedTwiceAsOftenAsThePrimary() throws InterruptedException {
        try (ReplicaProbing probing = new ReplicaProbing(watch, List.of(asked), INTERVAL, ticker)) {
            turn(probing);
            assertLooks(1, 1);
            turn(probing);
            assertLooks(1, 2);
            turn(probing);
            assertLooks(2, 3);
        }
    }

    private void assertLooks(int ofPrimary, int ofReplica) {
        assertThat(primary.looks).isEqualTo(ofPrimary);
        assertThat(replica.looks).isEqualTo(ofReplica);
    }

    private static void turn(ReplicaProbing probing) throws InterruptedException {
        for (Thread thread : probing.turn()) {
            thread.join();
        }
    }
}
