// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import java.util.Locale;

/** What members know one another by. */
enum Coordination {
    SQL(0),
    ETCD(1),
    ETCD3(3);

    private final int nodes;

    Coordination(int nodes) {
        this.nodes = nodes;
    }

    /** Of etcd. */
    int nodes() {
        return nodes;
    }

    /** Whether a scenario can be played with it. */
    boolean suits(Scenario scenario) {
        return nodes > 1 || (!scenario.needsNodes() && (nodes > 0 || !scenario.needsEtcd()));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
