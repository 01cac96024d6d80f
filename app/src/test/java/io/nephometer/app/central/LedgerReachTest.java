// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** That nobody waits for a ledger that is known to be away. */
class LedgerReachTest {
    private static final LedgerBatch BATCH = new LedgerBatch("test", List.of());

    private final AtomicInteger asked = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong();
    private final LedgerReach reach = new LedgerReach(nanos::get, PATIENCE);
    private final LedgerWriter writer = reach.of(new LedgerWriter() {
        @Override
        public CommitOutcome commit(LedgerBatch batch) {
            asked.incrementAndGet();
            return new CommitOutcome.Committed(new CommitReport(List.of(), 0, 0, 0));
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    });

    @Test
    void aLedgerThatWasNotLookedAtYetIsAsked() {
        assertThat(writer.isAvailable()).isTrue();
        assertThat(writer.commit(BATCH)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneThatIsSilentIsNot_untilItAnswers() {
        reach.silent();
        assertThat(writer.isAvailable()).isFalse();
        assertThat(writer.commit(BATCH))
                .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, away -> assertThat(away.cause())
                        .contains("did not answer"));
        assertThat(asked).hasValue(0);

        reach.answered();
        assertThat(writer.isAvailable()).isTrue();
        assertThat(writer.commit(BATCH)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(asked).hasValue(1);
    }

    /** Who looks at a server that is gone may wait for long: nobody else should. */
    @Test
    void oneThatLetsTheLookWaitIsAway_untilItAnswers() {
        reach.asked();
        nanos.addAndGet(PATIENCE.toNanos());
        assertThat(writer.isAvailable()).isTrue();
        nanos.addAndGet(1);
        assertThat(writer.isAvailable()).isFalse();
        assertThat(writer.commit(BATCH)).isInstanceOf(CommitOutcome.Unavailable.class);
        assertThat(asked).hasValue(0);

        reach.answered();
        nanos.addAndGet(PATIENCE.toNanos() * 2);
        assertThat(writer.isAvailable()).isTrue();
    }
}
