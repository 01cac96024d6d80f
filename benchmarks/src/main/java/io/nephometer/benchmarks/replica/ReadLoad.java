// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What two servers were asked and read while one audit was done. */
record ReadLoad(Server primary, Server replica, double seconds) {
    static final String TABLE_HEAD = """
            | audit | replica | statements, primary | rows read, primary | statements, replica | rows read, replica | s |
            |---|---|---|---|---|---|---|""";

    /** Of one server. */
    record Server(long statements, long rows) {
        Server less(Server before) {
            return new Server(statements - before.statements, rows - before.rows);
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("statements", statements);
            tree.put("rows_read", rows);
            return tree;
        }
    }

    /** The share of the rows that the primary read without a replica, and does not read with one. */
    static double left(long with, long without) {
        return 1 - (double) with / Math.max(1, without);
    }

    String line(String audit, boolean routed) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %,d | %,d | %.1f |",
                audit,
                routed ? "yes" : "no",
                primary.statements,
                primary.rows,
                replica.statements,
                replica.rows,
                seconds);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seconds", seconds);
        tree.put("primary", primary.tree());
        tree.put("replica", replica.tree());
        return tree;
    }
}
