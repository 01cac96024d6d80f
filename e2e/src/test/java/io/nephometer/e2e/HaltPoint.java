// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A moment in the life of a batch.
 *
 * @param step a step of the commit, or {@link #ACKNOWLEDGE}
 * @param before whether before that step or after it
 * @param occurrence at which of its occurrences in the process, from 1
 */
record HaltPoint(String step, boolean before, int occurrence) {
    /** Before the acknowledgement: the batch is durable, and the broker does not know. */
    static final String ACKNOWLEDGE = "ACKNOWLEDGE";

    static HaltPoint before(CommitStep step, int occurrence) {
        return new HaltPoint(step.name(), true, occurrence);
    }

    static HaltPoint after(CommitStep step, int occurrence) {
        return new HaltPoint(step.name(), false, occurrence);
    }

    static HaltPoint beforeAcknowledgement(int occurrence) {
        return new HaltPoint(ACKNOWLEDGE, true, occurrence);
    }

    static HaltPoint of(List<String> arguments) {
        return new HaltPoint(arguments.get(0), arguments.get(1).equals("before"), Integer.parseInt(arguments.get(2)));
    }

    /** What {@link #of} reads. */
    List<String> arguments() {
        return List.of(step, before ? "before" : "after", Integer.toString(occurrence));
    }

    /** Whether a batch is open in the database then, with rows in it. */
    boolean isInTransaction() {
        return !isBetweenCommitAndAcknowledgement();
    }

    /** Whether the batch is durable then, but not acknowledged. */
    boolean isBetweenCommitAndAcknowledgement() {
        return step.equals(ACKNOWLEDGE) || (step.equals(CommitStep.COMMIT.name()) && !before);
    }

    /** Runs {@code action} at this moment, on the thread that works on the batch. */
    Watch watch(Runnable action) {
        return new Watch(this, action);
    }

    /** Looks out for the moment in both places where it may come. */
    static final class Watch implements CommitProbe {
        private final HaltPoint point;
        private final Runnable action;
        private final AtomicInteger seen = new AtomicInteger();

        private Watch(HaltPoint point, Runnable action) {
            this.point = point;
            this.action = action;
        }

        private void pass(String step, boolean before) {
            if (point.step.equals(step) && point.before == before && seen.incrementAndGet() == point.occurrence) {
                action.run();
            }
        }

        @Override
        public void before(CommitStep step) {
            pass(step.name(), true);
        }

        @Override
        public void after(CommitStep step) {
            pass(step.name(), false);
        }

        BatchObserver around(BatchObserver observer) {
            return new BatchObserver() {
                @Override
                public void done(BatchOutcome.Done outcome, Duration took) {
                    observer.done(outcome, took);
                    pass(ACKNOWLEDGE, true);
                }

                @Override
                public void postponed(String cause) {
                    observer.postponed(cause);
                }

                @Override
                public void resumed(Duration stopped) {
                    observer.resumed(stopped);
                }
            };
        }
    }
}
