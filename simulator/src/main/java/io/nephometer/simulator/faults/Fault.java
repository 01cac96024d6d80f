// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a request can meet instead of its answer. */
public sealed interface Fault {
    /**
     * An error status.
     *
     * @param code 503, 429, 500 and the like
     * @param retryAfter sent as {@code Retry-After} in seconds, if any
     */
    record Status(int code, @Nullable Duration retryAfter) implements Fault {
        public Status {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("not an error status: " + code);
            }
        }
    }

    /** A page for people, with status 200: what a proxy says while what is behind it is being repaired. */
    record HtmlPage() implements Fault {}

    /** The right answer, of which half arrives. */
    record TruncatedBody() implements Fault {}

    /** The first page, whichever was asked for: who follows the links goes in circles. */
    record WrongPage() implements Fault {}

    /** The connection is reset without an answer. */
    record Reset() implements Fault {}

    /** The right answer, late. */
    record Slow(Duration delay) implements Fault {
        /** Longer delays are refused. */
        public static final Duration LONGEST = Duration.ofMinutes(2);

        public Slow {
            if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a delay of 0 to " + LONGEST + ", not " + delay);
            }
        }
    }
}
