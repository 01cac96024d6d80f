// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that hold another ledger, before and after the primary could be compared with them. */
class ForeignServerTest {
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

    /** A primary that takes its time over its first answer is not away, so times in somebody's ledger prove nothing yet. */
    @Test
    void beforeThePrimaryWasAsked_nothingIsProven_andOnceItAnsweredAForeignServerIsNotReadAtAll() {
        replica.cluster = "another";
        replica.beats = List.of(primary.clock(), primary.clock());
        asked.ask();
        assertThat(asked.proof()).isEmpty();
        assertThat(asked.status().reason()).isEqualTo(Finding.Reason.NO_SAMPLES);
        watch.ask();
        assertThat(asked.isReadable()).as("without another look at it").isFalse();
    }

    @Test
    void whileThePrimaryIsAway_timesProve_butNotOfAForeignServer() {
        watch.ask();
        primary.silence = "08006";
        watch.ask();
        replica.cluster = "another";
        replica.beats = List.of(primary.clock(), primary.clock());
        asked.ask();
        assertThat(asked.proof()).isEmpty();
        replica.cluster = primary.cluster;
        asked.ask();
        assertThat(asked.proof()).isPresent();
    }

    /** Of a process that has just started, and reads before the primary had time to answer. */
    @Test
    void aStaleRead_waitsForTheFirstAnswerOfThePrimary_beforeItTakesAForeignServerForAReplica() {
        replica.cluster = "another";
        asked.ask();
        assertThat(asked.isReadable()).as("as far as anybody knows").isTrue();
        try (ReplicaRouter<LedgerView> router = new ReplicaRouter<>(
                "primary",
                new LazyView<>("primary", primary.part().opening()),
                watch,
                List.of(asked),
                RoutingOptions.DEFAULTS,
                ticker,
                RouterObserver.NONE)) {
            Routed<String> routed =
                    router.read(new ReadIntent.Bounded(Duration.ofSeconds(30)), Fallback.STALE, FakeServer::whom);
            assertThat(routed).isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                    .isEqualTo("primary"));
        }
    }
}
