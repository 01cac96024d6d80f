// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

/** How a counter changed since it was last read. */
sealed interface Growth {
    /** It was not read before. */
    record First() implements Growth {}

    /**
     * It shows less than before: it began anew in between.
     *
     * @param since what it counted since then
     */
    record Reset(long since) implements Growth {}

    /**
     * It shows no less than before.
     *
     * @param by 0 or more
     * @param seconds between the two moments of reading
     * @param doubtful whether the domain seems to have been started anew in between, so that it grew by this or by more
     */
    record Grown(long by, double seconds, boolean doubtful) implements Growth {}
}
