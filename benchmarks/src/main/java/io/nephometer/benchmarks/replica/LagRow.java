// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.store.replica.ReplicaStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in one situation.
 *
 * @param truth for how long the replica lacked something at the end, seconds
 * @param excess the largest of what was stated less the truth when the replica was last asked; what the primary's silence adds included
 * @param below how often less than the truth was stated
 * @param measures what is usually asked for; empty if the replica could not be asked
 * @param audits what an audit did with each fallback
 */
record LagRow(
        String situation,
        ReplicaStatus status,
        @Nullable Double truth,
        double excess,
        int samples,
        int below,
        List<String> measures,
        List<String> audits) {
    private @Nullable Double stated() {
        return status.staleness() == null ? null : status.staleness().toNanos() / 1e9;
    }

    String state() {
        return status.state().label() + "/" + status.reason().label();
    }

    String line() {
        return "| " + situation + " | " + text(truth, "–") + " | " + text(stated(), "nothing") + " | " + state() + " | "
                + (measures.isEmpty() ? "–" : String.join(" | ", measures)) + " | " + String.join(" | ", audits) + " |";
    }

    static String text(@Nullable Double seconds, String none) {
        return seconds == null ? none : String.format(Locale.ROOT, "%.2f", seconds);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("situation", situation);
        tree.put("state", state());
        tree.put("truth_s", text(truth, "–"));
        tree.put("stated_s", text(stated(), "nothing"));
        tree.put("excess_max_s", text(excess, "–"));
        tree.put("samples", samples);
        tree.put("below_truth", below);
        tree.put("usual_measures", measures);
        tree.put("audits", audits);
        return tree;
    }
}
