// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.Map;

/** How a server goes. */
final class Deletion {
    private Deletion() {}

    static void delete(Script script, Server server, Operations.Timing timing) {
        script.update(now -> now.in(now.vmState(), "deleting")).say("delete.start", null);
        if (server.host() != null) {
            script.say("shutdown.start", null)
                    .after(timing.step())
                    .guest((now, at) -> null)
                    .say("shutdown.end", null);
        }
        script.update(now -> now.in(VmState.DELETED, null))
                .quietly(now -> now.at(now.times().terminatedAt(updated(now)).deletedAt(updated(now))))
                .say("delete.end", null)
                .quietly(now -> now.describedBy(Map.of()))
                .after(timing.cleanUpAfter())
                .update(now -> now)
                .after(timing.archiveAfter())
                .archive();
    }

    /** The row was changed in this very step. */
    private static Instant updated(Server server) {
        Instant updated = server.times().updated();
        return updated == null ? server.times().created() : updated;
    }
}
