// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.time.Duration;

/**
 * How patient and how busy the connection is.
 *
 * @param heartbeat between signs of life in both directions; two missed ones end the connection
 * @param connect how long to try one address
 * @param answer how long the broker may take for an answer
 * @param retryFirst the wait after the first failed connection; each further one doubles it
 * @param retryMost the longest wait between connections
 * @param check how often exchanges, bindings and the queue are looked at. What vanishes and returns within one interval is
 *     bound again, but not noticed
 * @param absentMost how often, at least, a missing exchange is asked for. The broker logs an error each time
 */
public record LinkTiming(
        Duration heartbeat,
        Duration connect,
        Duration answer,
        Duration retryFirst,
        Duration retryMost,
        Duration check,
        Duration absentMost) {
    public LinkTiming {
        if (retryFirst.compareTo(retryMost) > 0 || retryFirst.isNegative() || retryFirst.isZero()) {
            throw new IllegalArgumentException("the first wait between connections (" + retryFirst
                    + ") is above zero and at most the longest (" + retryMost + ")");
        }
        if (check.compareTo(Duration.ofMillis(50)) < 0 || absentMost.compareTo(check) < 0) {
            throw new IllegalArgumentException("checks (" + check
                    + ") are at least 50 ms apart, and those for missing exchanges (" + absentMost + ") no closer");
        }
    }

    /** Heartbeat 60 s, 10 s to connect, 30 s to answer, 0.2 to 5 s between connections, checks each 2 s, absent ones 60 s. */
    public static LinkTiming defaults() {
        return new LinkTiming(
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));
    }
}
