// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One run of a member, from its start to its end.
 *
 * @param id random for each start, at most {@value #MOST_CHARACTERS} characters
 * @param began when it started, by the member's clock
 * @param polls everything that it measures as long as it runs, at most {@value #MOST_POLLS}
 */
public record Incarnation(String id, Instant began, Set<Polled> polls) {
    /** More sources than anybody has. */
    public static final int MOST_POLLS = 1_000;

    private static final int MOST_CHARACTERS = 64;

    public Incarnation {
        if (id.isBlank() || id.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the id of an incarnation has 1 to " + MOST_CHARACTERS + " characters, not " + id.length());
        }
        if (polls.size() > MOST_POLLS) {
            throw new IllegalArgumentException(
                    "a member measures at most " + MOST_POLLS + " sources, not " + polls.size());
        }
        polls = Set.copyOf(polls);
    }

    /** A source with one of its intervals. */
    public record Polled(String source, Duration interval) {
        public static Polled of(Slot slot) {
            return new Polled(slot.source(), slot.interval());
        }
    }
}
