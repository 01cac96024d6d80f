// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.Map;

/** How a server comes to be. */
final class Creation {
    private static final String CONDUCTOR = "conductor.controller";

    private Creation() {}

    static void build(Script script, Host host, Operations.Timing timing) {
        ask(script);
        script.after(timing.step())
                .say("create.start", host)
                .update(now -> now.on(host).in(VmState.BUILDING, null))
                .update(now -> now.in(VmState.BUILDING, "networking"))
                .update(now -> now.in(VmState.BUILDING, "block_device_mapping"))
                .update(now -> now.in(VmState.BUILDING, "spawning"))
                .after(timing.step())
                .guest((now, at) -> new Guest(now.name(), at, at, 1))
                .update(now -> launched(now.in(VmState.ACTIVE, null)))
                .say("create.end", null, seen -> seen, Map.of("message", "Success"));
    }

    /** Deleted while it is still only a wish: nothing ever dates the row. */
    static void abandon(Script script, Host host, Operations.Timing timing) {
        ask(script);
        script.say("create.start", host)
                .say("delete.start", null)
                .quietly(now -> now.at(now.times().deletedAt(now.times().created())))
                .say("delete.end", null)
                .quietly(now -> now.describedBy(Map.of()))
                .after(timing.archiveAfter())
                .archive();
    }

    private static void ask(Script script) {
        script.announce(CONDUCTOR).announce(Script.CONTROLLER);
    }

    /** Nova dates the launch by the host's clock. */
    private static Server launched(Server server) {
        Guest guest = server.guest();
        return guest == null ? server : server.at(server.times().launchedAt(guest.defined()));
    }
}
