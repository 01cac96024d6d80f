// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.util.List;
import java.util.Map;

/**
 * What processes occupy of the machine's memory, in MiB.
 *
 * @param rss resident: every page that they have in memory
 * @param pss proportional: the same, pages shared with others divided by how many share them
 * @param anonymous that part of it which is no file's: heap, stacks, what was written to
 */
record Memory(double rss, double pss, double anonymous) {
    static final Memory NONE = new Memory(0, 0, 0);

    private static final double KIB_PER_MIB = 1024;

    /** Of the lines of {@code /proc/PID/smaps_rollup}. */
    static Memory of(List<String> rollup) {
        return new Memory(field(rollup, "Rss:"), field(rollup, "Pss:"), field(rollup, "Anonymous:"));
    }

    private static double field(List<String> rollup, String key) {
        return rollup.stream()
                        .filter(line -> line.startsWith(key))
                        .mapToDouble(line -> Double.parseDouble(
                                line.substring(key.length()).replace("kB", "").trim()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + key + " in " + rollup))
                / KIB_PER_MIB;
    }

    Memory plus(Memory other) {
        return new Memory(rss + other.rss, pss + other.pss, anonymous + other.anonymous);
    }

    Map<String, Object> tree() {
        return Map.of("rss_mib", rss, "pss_mib", pss, "anonymous_mib", anonymous);
    }
}
