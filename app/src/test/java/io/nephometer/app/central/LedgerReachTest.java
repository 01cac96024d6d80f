// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That nobody waits for a ledger that is known to be away. */
class LedgerReachTest {
    private static final LedgerBatch BATCH = new LedgerBatch("test", List.of());

    private final AtomicInteger asked = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong();
    private final LedgerReach reach = new LedgerReach(nanos::get, PATIENCE, Duration.ofSeconds(60), PATIENCE);
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
        reach.signs().lookEnds(false);
        assertThat(writer.isAvailable()).isFalse();
        assertThat(writer.commit(BATCH))
                .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, away -> assertThat(away.cause())
                        .contains("did not answer"));
        assertThat(asked).hasValue(0);

        reach.signs().lookEnds(true);
        assertThat(writer.isAvailable()).isTrue();
        assertThat(writer.commit(BATCH)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(asked).hasValue(1);
    }

    /** Who looks at a server that is gone may wait for long: nobody else should. */
    @Test
    void oneThatLetsTheLookWaitIsAway_untilItAnswers() {
        reach.signs().lookBegins();
        nanos.addAndGet(PATIENCE.toNanos());
        assertThat(writer.isAvailable()).isTrue();
        nanos.addAndGet(1);
        assertThat(writer.isAvailable()).isFalse();
        assertThat(writer.commit(BATCH)).isInstanceOf(CommitOutcome.Unavailable.class);
        assertThat(asked).hasValue(0);

        reach.signs().lookEnds(true);
        nanos.addAndGet(PATIENCE.toNanos() * 2);
        assertThat(writer.isAvailable()).isTrue();
    }

    /** Between two looks: the first question that is late, and no answer to the look that it asks for, tell for all that is asked and committed. */
    @Test
    @Timeout(60)
    void oneThatLetsAQuestionAndALookWaitIsAway_andACommitThatHangsIsGivenUp() throws Exception {
        LedgerReach prompt = new LedgerReach(nanos::get, PATIENCE, Duration.ofMillis(20), PATIENCE);
        prompt.signs().onDoubt(() -> {
            prompt.signs().lookBegins();
            nanos.addAndGet(PATIENCE.toNanos() + 1);
        });
        CountDownLatch hanging = new CountDownLatch(1);
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        LedgerWriter hangs = prompt.of(hanging(hanging, ended));
        FutureTask<CommitOutcome> commit = new FutureTask<>(() -> hangs.commit(BATCH));
        Thread.ofVirtual().start(commit);
        hanging.await();
        assertThat(commit.isDone()).as("a commit may take its time").isFalse();

        assertThat(hangs.isAvailable()).isFalse();

        assertThat(commit.get())
                .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, away -> assertThat(away.cause())
                        .contains("did not answer in time"));
        assertThat(List.of(ended.take(), ended.take())).containsExactlyInAnyOrder("commit", "question");
        assertThat(prompt.of(Optional::empty).get()).isEmpty();
        prompt.signs().lookEnds(true);
        assertThat(prompt.of(Optional::empty).get()).isPresent();
    }

    /** One question may wait for the lock of another member, which is no fault of the ledger. */
    @Test
    @Timeout(60)
    void oneThatLetsAQuestionWaitAndAnswersTheLook_isNotAway_andACommitGoesOn() throws Exception {
        LedgerReach prompt = new LedgerReach(nanos::get, PATIENCE, Duration.ofMillis(20), PATIENCE);
        prompt.signs().onDoubt(() -> {
            prompt.signs().lookBegins();
            prompt.signs().lookEnds(true);
        });
        CountDownLatch hanging = new CountDownLatch(1);
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        LedgerWriter hangs = prompt.of(hanging(hanging, ended));
        FutureTask<CommitOutcome> commit = new FutureTask<>(() -> hangs.commit(BATCH));
        Thread committing = Thread.ofVirtual().start(commit);
        hanging.await();

        assertThat(hangs.isAvailable()).isFalse();
        assertThat(ended.take()).isEqualTo("question");
        nanos.addAndGet(PATIENCE.toNanos() * 2);

        assertThat(prompt.of(Optional::empty).get()).isPresent();
        assertThat(ended).as("the commit was not given up").isEmpty();
        committing.interrupt();
        assertThat(ended.take()).isEqualTo("commit");
    }

    /** Who asks is told to stop: the ledger has not failed. */
    @Test
    void aQuestionThatIsInterrupted_saysNothingOfTheLedger() {
        LedgerWriter hangs = reach.of(hanging(new CountDownLatch(1), new LinkedBlockingQueue<>()));
        AtomicInteger doubts = new AtomicInteger();
        reach.signs().onDoubt(doubts::incrementAndGet);
        Thread.currentThread().interrupt();

        assertThat(hangs.isAvailable()).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(doubts).hasValue(0);
        assertThat(reach.signs().isAway()).isFalse();
    }

    private static LedgerWriter hanging(CountDownLatch begun, BlockingQueue<String> ended) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                begun.countDown();
                hang();
                ended.add("commit");
                return new CommitOutcome.Unavailable("interrupted");
            }

            @Override
            public boolean isAvailable() {
                hang();
                ended.add("question");
                return true;
            }
        };
    }

    /** Until it is interrupted. */
    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
