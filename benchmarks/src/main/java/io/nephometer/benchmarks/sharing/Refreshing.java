// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.runtime.Ticker;
import java.time.Duration;

/** The one refresher of a cloud whose agents share a cache; none of a cloud whose agents do not. */
@FunctionalInterface
interface Refreshing extends AutoCloseable {
    /** How often Nova is asked where notifications tell what happens. */
    Duration WITH_FEED = Duration.ofMinutes(10);

    /** A second has passed. */
    void tick();

    @Override
    default void close() {}

    static Refreshing of(Mode mode, SharedCache cache, SimulatedAgents sessions, Ticker ticker) {
        if (!mode.isShared()) {
            return () -> {};
        }
        RefresherOptions options =
                mode == Mode.GLOBAL ? RefresherOptions.DEFAULTS : RefresherOptions.DEFAULTS.withInterval(WITH_FEED);
        OpenStackCloud session = sessions.session();
        // Simulated time stands still during a refresh, so that no lease ends in it.
        GlobalRefresher refresher = new GlobalRefresher(
                "benchmark", cache, session.nova(), session.glance(), options, ticker, (_, _) -> () -> {});
        return refresher::run;
    }
}
