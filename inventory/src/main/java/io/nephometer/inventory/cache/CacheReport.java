// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Answer.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the cache of an agent is: for {@code cache show} and for metrics.
 *
 * @param host whose instances it holds
 * @param caching false if everything is asked for in each cycle
 * @param at on our clock
 * @param origin where what it holds comes from
 * @param asOf on Nova's clock: the last poll, before which nothing is missing; null if there was none
 * @param novasClock whether that is told by Nova; false if its answers carry no time and ours stands in
 * @param age since then
 * @param nextFull when all servers are read again, on our clock; null if at the next refresh
 * @param last the last refresh that asked something; null before
 * @param lastDone the last one that succeeded; null if none did
 * @param failures in a row
 * @param failure why the last one failed; null if it did not
 * @param instances the servers of the host
 * @param tombstones servers that were deleted, and stay so whatever a late answer says
 * @param counts since the start
 * @param shared how the cache is that agents share; null if this agent uses none
 */
public record CacheReport(
        String host,
        boolean caching,
        Instant at,
        Origin origin,
        @Nullable Instant asOf,
        boolean novasClock,
        Duration age,
        @Nullable Instant nextFull,
        @Nullable Refresh last,
        @Nullable Refresh lastDone,
        long failures,
        @Nullable String failure,
        Stock instances,
        Stock flavors,
        Stock images,
        int tombstones,
        Counts counts,
        @Nullable SharedReport shared) {

    /**
     * One kind of things.
     *
     * @param entries held now, absent ones included
     * @param absent of which it is remembered that there are none
     * @param bound entries at most; 0 if what is held is only bounded elsewhere
     * @param hits questions answered from what is held
     * @param misses questions about what is not held
     */
    public record Stock(int entries, int absent, int bound, long hits, long misses) {}

    /**
     * Counted since the start.
     *
     * @param refreshes by {@code kind outcome}, both as labels
     * @param requests by what they asked for
     * @param events what happened to servers, by name
     */
    public record Counts(Map<String, Long> refreshes, Refresh.Requests requests, Map<String, Long> events) {
        public Counts {
            refreshes = Map.copyOf(refreshes);
            events = Map.copyOf(events);
        }
    }

    /**
     * By how much our clock is ahead of Nova's, negative if it is behind; null if Nova did not tell its time, or another agent was
     * told. Nova tells whole seconds, at some moment of the refresh.
     */
    public @Nullable Duration clockAhead() {
        return asOf == null || !novasClock || origin == Origin.SHARED ? null : Duration.between(asOf.plus(age), at);
    }

    /** As {@code cache show} and the telemetry server give it: plain JSON values. */
    public Map<String, @Nullable Object> json() {
        return CacheReportJson.of(this);
    }

    /** The three kinds of things by name, in the order in which they are shown. */
    public List<Map.Entry<String, Stock>> stocks() {
        return List.of(Map.entry("instances", instances), Map.entry("flavors", flavors), Map.entry("images", images));
    }
}
