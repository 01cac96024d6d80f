// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.openstack.nova.Microversion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the last refresher left about its last refresh: for whoever reads the cache, and for the next refresher, which goes on from it.
 *
 * @param by who refreshed
 * @param kind whole, or by changes
 * @param detail for a human: what failed and what happens now, or why this kind
 * @param tried when it began, on the clock of the cache
 * @param good up to when the cache is complete; a refresh that failed keeps that of the last good one. Null before the first
 * @param cells whether Nova reaches all of its cells; null if it was not asked yet
 * @param failures in a row
 * @param microversion of Nova's API that the refresher speaks, so that others need not ask for it; null if it did not get so far
 */
public record RefreshRecord(
        String by,
        Refresh.Kind kind,
        Refresh.Outcome outcome,
        String detail,
        Instant tried,
        Duration took,
        Refresh.Requests requests,
        Found found,
        @Nullable Complete good,
        Wholes wholes,
        @Nullable Cells cells,
        long failures,
        @Nullable Microversion microversion) {
    /**
     * Up to when something is complete.
     *
     * @param nova on Nova's clock: before this moment nothing is missing
     * @param novasClock whether that is told by Nova; false if its answers carry no time and the refresher's clock stands in
     * @param cache the same moment on the clock of the cache
     */
    public record Complete(Instant nova, boolean novasClock, Instant cache) {}

    /**
     * What a refresh found otherwise than the cache had it.
     *
     * @param changed instances that are new or not as they were
     * @param gone instances that were deleted, or dropped
     * @param missed of these, what no event had told in time, by what happened to the instance
     * @param stale answers that were not taken, since something later was known of the instance
     * @param unreadable instances of which the cache held what nobody can read; they were replaced if Nova told all of them
     */
    public record Found(long changed, long gone, Map<Change, Long> missed, long stale, long unreadable) {
        public static final Found NOTHING = new Found(0, 0, Map.of(), 0, 0);

        public Found {
            missed = Map.copyOf(missed);
        }
    }

    /**
     * The whole readings.
     *
     * @param next when the next one is due, on the clock of the cache
     * @param must why changes will not do until then; null if they do
     * @param begun when the last one began that was tried, on the clock of the cache; null before
     * @param nova when the last one that readers saw began, on Nova's clock; null before
     */
    public record Wholes(
            Instant next,
            @Nullable String must,
            @Nullable Instant begun,
            @Nullable Instant nova) {}

    /**
     * What may be hidden by cells that Nova does not reach: lists of changes leave out silently what changes there.
     *
     * @param asked when Nova was asked last whether it reaches all, on the clock of the cache
     * @param reached what changed before was told, in whichever cell, on Nova's clock
     * @param checked what changed before was told, in the cells that it reached when it was asked, on Nova's clock
     * @param unreached hosts of cells that it did not reach
     * @param names which hosts these are: the hash of their names. Empty if nobody knows
     */
    public record Cells(Instant asked, Instant reached, Instant checked, long unreached, String names) {
        /** All cells are reached, and what changed in them before is told. */
        public static Cells all(Instant asked, Instant reached) {
            return of(asked, reached, reached, Set.of());
        }

        /** Those of these hosts are not. */
        public static Cells of(Instant asked, Instant reached, Instant checked, Set<String> hosts) {
            return new Cells(asked, reached, checked, hosts.size(), hash(hosts));
        }

        /** Whether the cells that are not reached are those of these hosts. */
        public boolean isOf(Set<String> hosts) {
            return hash(hosts).equals(names);
        }

        /** Agents read the record in each cycle, and hosts may be hundreds. */
        private static String hash(Set<String> hosts) {
            return BodyHash.of(
                            Bytes.utf8(String.join("\n", new TreeSet<>(hosts))).unsafeArray())
                    .toString();
        }
    }

    /**
     * How old what the cache holds is.
     *
     * @param now on the clock of the cache
     */
    public Optional<Duration> age(Instant now) {
        return Optional.ofNullable(good).map(complete -> Duration.between(complete.cache(), now));
    }
}
