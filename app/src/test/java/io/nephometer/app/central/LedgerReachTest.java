// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That nobody waits for a ledger that is known to be away. */
class LedgerReachTest {
    private static final LedgerBatch BATCH = new LedgerBatch("test", List.of());

    private final AtomicInteger asked = new AtomicInteger();
    private final LedgerReach reach = new LedgerReach();
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
}
