// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The resources that a source has a pollster ask about.
 *
 * @param usesRoster whether what the discovery found is measured
 * @param fixed ids of resources that are measured whether found or not
 * @param elsewhere ids that another source of the interval names: they are measured for that one
 */
record Share(CentralPollster pollster, boolean usesRoster, Set<String> fixed, Set<String> elsewhere) {
    Share {
        fixed = Set.copyOf(fixed);
        elsewhere = Set.copyOf(elsewhere);
    }

    /** @param isFound whether the discovery found it */
    boolean has(String id, boolean isFound) {
        return fixed.contains(id) || (usesRoster && isFound && !elsewhere.contains(id));
    }

    String text() {
        return pollster.name() + " " + usesRoster + new TreeSet<>(fixed) + new TreeSet<>(elsewhere);
    }

    /** Both together, of the same pollster. */
    Share and(Share other) {
        return new Share(
                pollster, usesRoster || other.usesRoster, union(fixed, other.fixed), union(elsewhere, other.elsewhere));
    }

    private static Set<String> union(Set<String> own, Set<String> more) {
        Set<String> both = new LinkedHashSet<>(own);
        both.addAll(more);
        return both;
    }
}
