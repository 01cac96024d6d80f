// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the cache that agents share is, as one of them sees it.
 *
 * @param state what it gave when it was asked last
 * @param since when it began to give nothing, on our clock; null while it gives something
 * @param cause why it gives nothing; null while it gives something
 * @param fallsBackIn until Nova is asked instead, zero if it is; null if it will not be
 * @param seen how it was when it answered last; null if it never did
 * @param skipped what could not be read of it, by id, and why
 * @param counts since the start
 */
public record SharedReport(
        State state,
        @Nullable Instant since,
        @Nullable String cause,
        @Nullable Duration fallsBackIn,
        @Nullable Seen seen,
        Map<String, String> skipped,
        Map<String, Long> counts) {
    private static final double MILLIS = 1000;

    public SharedReport {
        skipped = Map.copyOf(skipped);
        counts = Map.copyOf(counts);
    }

    /** What it gave. */
    public enum State {
        /** It was not asked yet. */
        NOT_ASKED,
        /** What readers see is as it has it. */
        IN_USE,
        /** It answers, but holds no set. */
        NOT_FILLED,
        /** It does not answer. */
        UNREACHABLE
    }

    /**
     * What it said of itself.
     *
     * @param at on its own clock
     * @param set the set that readers see; 0 if there is none
     * @param version of this host within the set
     * @param cloud whose instances it holds; null if no refresher said so
     * @param seat who refreshes it; null if nobody
     * @param wanted why a refresh is wanted at once; null if none is
     * @param refusedWrites of former refreshers
     * @param lastRefresh what its refresher wrote about the last refresh; null if nothing
     */
    public record Seen(
            Instant at,
            String incarnation,
            long set,
            long version,
            @Nullable String cloud,
            @Nullable String seat,
            Duration seatLeft,
            @Nullable String wanted,
            long refusedWrites,
            @Nullable String lastRefresh) {
        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("at", at.toString());
            json.put("incarnation", incarnation);
            json.put("set", set);
            json.put("version", version);
            json.put("cloud", cloud);
            json.put("seat", seat);
            json.put("seat_left_s", seatLeft.toMillis() / MILLIS);
            json.put("refresh_wanted", wanted);
            json.put("refused_writes", refusedWrites);
            json.put("last_refresh", tree(lastRefresh));
            return json;
        }

        private static @Nullable Object tree(@Nullable String text) {
            try {
                return text == null ? null : Json.parse(text);
            } catch (JsonException e) {
                return text;
            }
        }
    }

    /** Whether Nova is asked instead. */
    public boolean isFallenBack() {
        return Objects.equals(fallsBackIn, Duration.ZERO);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("state", state.name().toLowerCase(Locale.ROOT));
        json.put("nothing_since", since == null ? null : since.toString());
        json.put("cause", cause);
        json.put("falls_back_in_s", fallsBackIn == null ? null : fallsBackIn.toMillis() / MILLIS);
        json.put("seen", seen == null ? null : seen.json());
        json.put("skipped", skipped);
        json.put("counts", new TreeMap<>(counts));
        return json;
    }
}
