// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.store.ledger.CommitStep;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** When the collector is killed in one run, again and again. */
final class KillPlan {
    /** Rows of the batch are written and not committed, at each of these. */
    private static final List<HaltPoint> IN_TRANSACTION = List.of(
            HaltPoint.after(CommitStep.INTAKE, 1),
            HaltPoint.after(CommitStep.EVENTS, 2),
            HaltPoint.after(CommitStep.SAMPLES, 1),
            HaltPoint.after(CommitStep.LOG, 2),
            HaltPoint.before(CommitStep.COMMIT, 1));

    private static final List<HaltPoint> COMMITTED = List.of(
            HaltPoint.beforeAcknowledgement(1),
            HaltPoint.after(CommitStep.COMMIT, 2),
            HaltPoint.beforeAcknowledgement(2),
            HaltPoint.after(CommitStep.COMMIT, 1));

    private static final int AT_RANDOM = 4;
    private static final int LATEST_MILLIS = 500;

    /** How often the collector is killed. */
    static final int KILLS = IN_TRANSACTION.size() + COMMITTED.size() + AT_RANDOM;

    private final Random random;

    KillPlan(long seed) {
        random = new Random(seed);
    }

    /** Where the kill of this number finds the collector; null: anywhere. */
    static @Nullable HaltPoint point(int number) {
        int kind = number % KILLS;
        if (kind < IN_TRANSACTION.size()) {
            return IN_TRANSACTION.get(kind);
        }
        int committed = kind - IN_TRANSACTION.size();
        return committed < COMMITTED.size() ? COMMITTED.get(committed) : null;
    }

    /** How long after messages were sent a kill anywhere comes, in milliseconds. */
    int randomMillis() {
        return random.nextInt(LATEST_MILLIS);
    }
}
