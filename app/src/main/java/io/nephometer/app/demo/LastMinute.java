// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much of something that is counted came in the last minute, as far as was looked. Not thread-safe. */
final class LastMinute {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(long tick, long count) {}

    /**
     * Looks again.
     *
     * @param tick of a ticker, nanoseconds
     * @param count since the beginning
     * @return how much of it came after the last look that is a minute old, or since the first one
     */
    long look(long tick, long count) {
        looks.addLast(new Look(tick, count));
        while (looks.size() > 1 && tick - looks.getFirst().tick() > MINUTE) {
            looks.removeFirst();
        }
        return count - looks.getFirst().count();
    }
}
