// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is looked at every few minutes, and what a round asks of the book. */
class AuditRoundsTest {
    private static final Instant T = Instant.parse("2026-11-22T01:00:00Z");
    private static final Duration TICK = Duration.ofMinutes(5);
    private static final List<Integer> ALL =
            IntStream.range(0, HostShare.COUNT).boxed().toList();

    private final FakeCloud cloud = new FakeCloud();
    private final List<Period> tried = new ArrayList<>();
    private final AuditRounds rounds = rounds();

    private AuditRounds rounds() {
        AuditOptions options =
                new AuditOptions(new Ticks(TICK), Duration.ZERO, TICK.multipliedBy(2), Duration.ofMinutes(30));
        return new AuditRounds(options, cloud, cloud, new Task(), AuditObserver.NONE);
    }

    /** Is held as long as the inventory is behind. */
    private final class Task implements Auditor {
        @Override
        public String task() {
            return "task";
        }

        @Override
        public AuditKey key(Period period, int share) {
            return new AuditKey("task", "hosts/" + share, period);
        }

        @Override
        public boolean inOrder() {
            return false;
        }

        @Override
        public AuditResult run(Period period, int share) {
            tried.add(period);
            if (!cloud.place(period.end()).isCompleteUpTo(period.end())) {
                return new AuditResult.Held("behind");
            }
            return cloud.begin(key(period, share), cloud.place(period.end()))
                    .map(this::done)
                    .orElse(new AuditResult.Taken());
        }

        private AuditResult done(AuditBook.Hold hold) {
            try {
                assertThat(hold.done(new AuditBook.Tally("", 0, 0, 0), "")).isTrue();
            } catch (AuditException e) {
                throw new AssertionError(e);
            }
            return new AuditResult.Done(0, AuditSink.Taken.NONE);
        }
    }

    private AuditRounds.Report run(Instant now) throws AuditException {
        cloud.now = now;
        return rounds.run(ALL);
    }

    /** Not one of them is ever seen to be old: a tick that is missed is not made up for. */
    @Test
    void ticksThatStandStillAreOverdue_andNotBefore() throws AuditException {
        cloud.watermark = T;
        Instant now = T;
        assertThat(run(now).done()).isPositive();
        for (; now.isBefore(T.plus(Duration.ofMinutes(30))); now = now.plusSeconds(60)) {
            assertThat(run(now).overdue()).as(now.toString()).isNull();
        }
        AuditRounds.Report report = run(now);
        assertThat(report.overdue()).isNotNull();
        assertThat(report.why()).isEqualTo("behind");
        cloud.watermark = now;
        assertThat(run(now.plusSeconds(1)).overdue()).isNull();
    }

    @Test
    void afterAStart_nothingIsOverdueBeforeItHasBeenLookedForAWhile() throws AuditException {
        assertThat(run(T).overdue()).isNull();
        assertThat(run(T.plus(Duration.ofMinutes(29))).overdue()).isNull();
        assertThat(run(T.plus(Duration.ofMinutes(30))).overdue()).isNotNull();
    }

    @Test
    void whatIsDoneIsAskedForOnce_andThenOnlyWhatBecameOtherwise() throws AuditException {
        cloud.watermark = T.plus(Duration.ofDays(1));
        run(T);
        tried.clear();
        run(T.plusSeconds(60));
        assertThat(tried).as("all is done").isEmpty();
        assertThat(cloud.asked).containsExactly(Instant.EPOCH, T.minus(Duration.ofMinutes(10)));

        Period last = new Ticks(TICK).lastCompleted(T);
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(new AuditKey("task", "hosts/3", last)));
        entry.done = false;
        run(T.plusSeconds(120));
        assertThat(tried).as("somebody wanted it again").containsExactly(last);

        run(T.plus(Duration.ofHours(7)));
        assertThat(cloud.asked.getLast()).as("the book may have been set back").isEqualTo(Instant.EPOCH);
    }
}
