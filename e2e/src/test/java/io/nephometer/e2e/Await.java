// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do, looking now and then, with a limit. */
final class Await {
    /** Generous: the machine may be busy with anything. */
    static final Duration LIMIT = Duration.ofSeconds(90);

    private Await() {}

    /** A question that may fail while the answer is not there yet. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns when the condition holds; {@code state} says in a failure how things stand. */
    static void until(String what, Supplier<String> state, Condition condition) {
        until(what, LIMIT, state, condition);
    }

    static void until(String what, Duration limit, Supplier<String> state, Condition condition) {
        long start = System.nanoTime();
        while (!holds(what, condition)) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError(what + ": not within " + limit + "\n" + state.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static boolean holds(String what, Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }
}
