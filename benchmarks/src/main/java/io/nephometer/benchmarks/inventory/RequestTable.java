// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.RequestLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests by what they ask for, in the order of the table. */
record RequestTable(Map<String, Long> counts) {
    static final List<String> KINDS = List.of(
            "nova: all servers",
            "nova: changed servers",
            "nova: one server",
            "nova: flavors",
            "nova: other",
            "glance",
            "keystone",
            "neutron");

    static RequestTable of(RequestLog log) {
        Map<String, Long> counts = new TreeMap<>();
        KINDS.forEach(kind -> counts.put(kind, 0L));
        log.counts().forEach((asked, count) -> counts.merge(kind(asked), count, Long::sum));
        return new RequestTable(counts);
    }

    private static String kind(LoggedRequest.Asked asked) {
        if (!asked.service().equals("nova")) {
            return asked.service();
        }
        if (asked.path().contains("/flavors")) {
            return "nova: flavors";
        }
        if (asked.path().endsWith("/servers/detail")) {
            return asked.kind() == QueryKind.DELTA ? "nova: changed servers" : "nova: all servers";
        }
        return asked.path().contains("/servers/") ? "nova: one server" : "nova: other";
    }

    long of(String kind) {
        return counts.getOrDefault(kind, 0L);
    }

    RequestTable minus(RequestTable other) {
        Map<String, Long> left = new TreeMap<>();
        counts.forEach((kind, count) -> left.put(kind, count - other.of(kind)));
        return new RequestTable(left);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The table as figures: {@code nova_all_servers}. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new TreeMap<>();
        counts.forEach((kind, count) -> tree.put(kind.replace(": ", "_").replace(' ', '_'), count));
        tree.put("total", total());
        return tree;
    }
}
