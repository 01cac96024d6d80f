// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the APIs said at one time, as meters.
 *
 * @param began when the first of them was asked
 * @param ended when the last of them had answered
 */
record Facts(Instant began, Instant ended, Map<What, Value> values) {
    Facts {
        values = Map.copyOf(values);
    }

    /** What there may be one sample of in a slot. */
    record What(String meter, String resource) implements Comparable<What> {
        @Override
        public int compareTo(What that) {
            int meters = meter.compareTo(that.meter);
            return meters == 0 ? resource.compareTo(that.resource) : meters;
        }
    }

    /**
     * How much, and whose; the project is empty if it is nobody's.
     *
     * @param volume compared as a number
     */
    record Value(double volume, String project) {}

    /** How many resources each meter has. */
    Map<String, Integer> resources() {
        Map<String, Integer> resources = new TreeMap<>();
        values.keySet().forEach(what -> resources.merge(what.meter(), 1, Integer::sum));
        return resources;
    }
}
