// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one refresh did.
 *
 * @param kind what was read
 * @param outcome a metric label
 * @param detail for a human: what failed and what happens now, or why this kind
 * @param began on our clock
 * @param polled on the clock of Nova: before this moment nothing is missing. Null if nothing was read
 * @param took from its begin to its end
 * @param requests how many answers were asked for, of each kind
 * @param changed servers that are new or not as they were
 * @param left servers that were deleted or have moved away
 */
public record Refresh(
        Kind kind,
        Outcome outcome,
        String detail,
        Instant began,
        @Nullable Instant polled,
        Duration took,
        Requests requests,
        int changed,
        int left) {
    /** What a refresh reads. */
    public enum Kind {
        /** Every server of the host; what is held is replaced. */
        FULL,
        /** The servers that changed; what is held is brought up to date. */
        CHANGES,
        /** What the shared cache has of the host, if it moved. */
        SHARED,
        /** Nothing: none was due, or another one is under way. */
        NOTHING;

        /** As a metric label: {@code full}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a refresh ended. After a failure, what is held is what was held before. */
    public enum Outcome {
        /** What is held is as Nova says. */
        DONE,
        /** The same, but a flavor or an image could not be asked for; what was known of it stays, and it is asked for again. */
        INCOMPLETE,
        /** Nothing was asked. */
        NOT_DUE,
        /** Nova did not answer, or not as it promises. */
        FAILED,
        /** Nova answered with what cannot be true; see {@link Refresh#detail}. */
        NOT_BELIEVED,
        /** Much is missing without a reason: what was listed is taken, what was not stays until the next whole reading decides. */
        UNCONFIRMED;

        /** As a metric label: {@code done}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether what was to be known is not. */
        public boolean isFailure() {
            return switch (this) {
                case DONE, INCOMPLETE, NOT_DUE -> false;
                case FAILED, NOT_BELIEVED, UNCONFIRMED -> true;
            };
        }
    }

    /**
     * Requests by what they ask for; a list counts once for each page.
     *
     * @param listings pages of servers
     * @param servers single servers
     * @param flavors flavors, or pages of them
     * @param images images
     */
    public record Requests(long listings, long servers, long flavors, long images) {
        /** Nothing was asked. */
        public static final Requests NONE = new Requests(0, 0, 0, 0);

        public long total() {
            return listings + servers + flavors + images;
        }

        public Requests plus(Requests other) {
            return new Requests(
                    listings + other.listings, servers + other.servers, flavors + other.flavors, images + other.images);
        }
    }
}
