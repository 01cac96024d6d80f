// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one mode cost and how true its samples were.
 *
 * @param feeding what was brought into the shared cache by events; null if nothing was
 * @param failed refreshes of agents
 */
record Outcome(
        Mode mode,
        Plan plan,
        Minutes minutes,
        Samples samples,
        @Nullable Feeding feeding,
        long failed,
        double seconds) {
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mode", mode.text());
        tree.put("hosts", (long) plan.hosts());
        tree.put("minutes", (long) plan.minutes());
        tree.put("nova_requests_per_minute", round(minutes.rate(Minutes.of("nova"))));
        tree.put("nova_delta_polls_per_minute", round(minutes.rate(Minutes::isDelta)));
        tree.put("nova_whole_lists_per_minute", round(minutes.rate(Minutes::isWhole)));
        tree.put("nova_further_pages_per_minute", round(minutes.rate(Minutes::isFurtherPage)));
        tree.put("glance_requests_per_minute", round(minutes.rate(Minutes.of("glance"))));
        tree.put("keystone_requests_per_minute", round(minutes.rate(Minutes.of("keystone"))));
        tree.put("neutron_requests_per_minute", round(minutes.rate(Minutes.of("neutron"))));
        tree.put("bytes_per_minute", Math.round(minutes.bytesPerMinute()));
        tree.put("cold_start_requests", (long) minutes.coldStart().size());
        tree.put(
                "cold_start_pages",
                minutes.coldStart().stream().filter(Minutes::isPage).count());
        tree.put("age_p50_s", samples.ages().quantile(0.5));
        tree.put("age_p99_s", samples.ages().quantile(0.99));
        tree.put("age_max_s", samples.ages().most());
        tree.put("samples", samples.total());
        tree.put("samples_correct", samples.correct());
        tree.put("samples_before_undated_change", samples.undated());
        tree.put("samples_without_untold_flavor_id", samples.untold());
        tree.put("samples_of_domain", samples.ofDomain());
        tree.put("samples_wrong", samples.wrong());
        if (feeding != null) {
            tree.put("changes_told", feeding.visible().total());
            tree.put("visible_p99_s", feeding.visible().quantile(0.99));
            tree.put("visible_max_s", feeding.visible().most());
            tree.put("changes_untold", feeding.untold());
        }
        tree.put("failed_refreshes", failed);
        tree.put("seconds", round(seconds));
        return tree;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
