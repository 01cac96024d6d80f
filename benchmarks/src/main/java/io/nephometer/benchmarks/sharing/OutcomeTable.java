// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the modes cost and how true their samples were, side by side. */
final class OutcomeTable {
    /** Figures of {@link Outcome#tree} by what they are called here. */
    private static final Map<String, String> ROWS = rows();

    private OutcomeTable() {}

    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("", "mode");
        rows.put("hosts", "hosts");
        rows.put("minutes", "minutes");
        rows.put("requests a minute: nova", "nova_requests_per_minute");
        rows.put("  of them delta polls", "nova_delta_polls_per_minute");
        rows.put("  of them whole lists", "nova_whole_lists_per_minute");
        rows.put("  further pages, beside", "nova_further_pages_per_minute");
        rows.put("glance", "glance_requests_per_minute");
        rows.put("keystone", "keystone_requests_per_minute");
        rows.put("neutron", "neutron_requests_per_minute");
        rows.put("bytes a minute", "bytes_per_minute");
        rows.put("cold start: requests", "cold_start_requests");
        rows.put("  of them lists, pages", "cold_start_pages");
        rows.put("age at sampling, s: p50", "age_p50_s");
        rows.put("p99", "age_p99_s");
        rows.put("max", "age_max_s");
        rows.put("samples", "samples");
        rows.put("  as it was", "samples_correct");
        rows.put("  before undated change", "samples_before_undated_change");
        rows.put("  flavor id untold", "samples_without_untold_flavor_id");
        rows.put("  by the domain alone", "samples_of_domain");
        rows.put("  wrong", "samples_wrong");
        rows.put("changes that were told", "changes_told");
        rows.put("visible after, s: p99", "visible_p99_s");
        rows.put("max ", "visible_max_s");
        rows.put("took, s", "seconds");
        return rows;
    }

    static List<String> lines(List<Map<String, @Nullable Object>> outcomes) {
        return ROWS.entrySet().stream()
                .map(row -> line(row.getKey(), row.getValue(), outcomes))
                .toList();
    }

    private static String line(String name, String key, List<Map<String, @Nullable Object>> outcomes) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-26s", name));
        outcomes.forEach(outcome -> line.append(String.format(Locale.ROOT, " %19s", cell(outcome.get(key)))));
        return line.toString();
    }

    private static String cell(@Nullable Object figure) {
        return switch (figure) {
            case null -> "-";
            case Double number -> String.format(Locale.ROOT, "%.2f", number);
            default -> figure.toString();
        };
    }
}
