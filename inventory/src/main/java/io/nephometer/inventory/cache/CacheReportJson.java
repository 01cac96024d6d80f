// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link CacheReport}: names as in the configuration, times as ISO text, durations in seconds. */
final class CacheReportJson {
    private CacheReportJson() {}

    static Map<String, @Nullable Object> of(CacheReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("host", report.host());
        json.put("resource_metadata_caching", report.caching());
        json.put("at", text(report.at()));
        json.put("origin", report.origin().name().toLowerCase(Locale.ROOT));
        json.put("last_poll", text(report.asOf()));
        json.put("last_poll_clock", report.novasClock() ? "nova" : "own");
        json.put("age_s", seconds(report.age()));
        Duration ahead = report.clockAhead();
        json.put("clock_ahead_s", ahead == null ? null : seconds(ahead));
        json.put("next_full", text(report.nextFull()));
        json.put("last_refresh", refresh(report.last()));
        json.put("last_success", refresh(report.lastDone()));
        json.put("failures_in_a_row", report.failures());
        json.put("failure", report.failure());
        report.stocks().forEach(stock -> json.put(stock.getKey(), stock(stock.getValue())));
        json.put("tombstones", report.tombstones());
        json.put("refreshes", new TreeMap<>(report.counts().refreshes()));
        json.put("requests", requests(report.counts().requests()));
        json.put("events", new TreeMap<>(report.counts().events()));
        SharedReport shared = report.shared();
        if (shared != null) {
            json.put("shared", shared.json());
        }
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> refresh(@Nullable Refresh refresh) {
        if (refresh == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", refresh.kind().label());
        json.put("outcome", refresh.outcome().label());
        json.put("detail", refresh.detail());
        json.put("began", text(refresh.began()));
        json.put("polled", text(refresh.polled()));
        json.put("took_s", seconds(refresh.took()));
        json.put("requests", requests(refresh.requests()));
        json.put("changed", refresh.changed());
        json.put("left", refresh.left());
        return json;
    }

    private static Map<String, @Nullable Object> requests(Refresh.Requests requests) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("listings", requests.listings());
        json.put("servers", requests.servers());
        json.put("flavors", requests.flavors());
        json.put("images", requests.images());
        return json;
    }

    private static Map<String, @Nullable Object> stock(CacheReport.Stock stock) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("entries", stock.entries());
        json.put("absent", stock.absent());
        json.put("bound", stock.bound());
        json.put("hits", stock.hits());
        json.put("misses", stock.misses());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
