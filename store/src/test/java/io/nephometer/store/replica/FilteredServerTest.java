// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.Finding.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas that reach every position of the primary and lack rows. */
class FilteredServerTest {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final ServerLook.Trouble FILTER = new ServerLook.Trouble(Reason.FILTERED, "Ignore_DB = it");

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

    @Test
    void aFilterOfAReplica_countsAtOnce_thoughItIsInStep() {
        watch.ask();
        asked.ask();
        assertThat(asked.status().reason()).isEqualTo(Reason.IN_STEP);
        replica.trouble = FILTER;
        asked.ask();
        assertFiltered("it leaves out what may be of this database: Ignore_DB = it;");
    }

    @Test
    void aFilterOfAReplica_countsBeforeThePrimaryHasEverAnswered() {
        primary.silence = "08006";
        watch.ask();
        replica.trouble = FILTER;
        replica.beats = List.of(primary.clock());
        asked.ask();
        assertFiltered("it leaves out what may be of this database: Ignore_DB = it;");
    }

    @Test
    void aFilterOfThePrimarysLog_makesEachReplicaUseless() {
        asked.ask();
        primary.trouble = FILTER;
        watch.ask();
        assertThat(asked.isReadable()).as("without another look at it").isFalse();
        asked.ask();
        assertFiltered("the primary's binary log leaves out what may be of this database: Ignore_DB = it;");
    }

    private void assertFiltered(String said) {
        ReplicaStatus status = asked.status();
        assertThat(status.reason()).isEqualTo(Reason.FILTERED);
        assertThat(status.state()).isEqualTo(ReplicaState.BROKEN);
        assertThat(status.detail()).startsWith(said);
        assertThat(status.staleness()).isNull();
        assertThat(asked.isReadable()).isFalse();
    }
}
