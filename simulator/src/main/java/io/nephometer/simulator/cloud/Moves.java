// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.Map;

/** What takes a server to another host, or off it. */
final class Moves {
    private Moves() {}

    /** Also cold migration, which is a resize to the same flavor. */
    static void resize(Script script, Server server, Flavor flavor, Host to, Operations.Timing timing) {
        Host from = server.host();
        boolean ran = server.vmState() == VmState.ACTIVE;
        script.update(now -> now.in(now.vmState(), "resize_prep"))
                .sayUsage()
                .say("resize.prep.start", to, seen -> seen, Map.of("new_flavor", flavor))
                .update(now -> now)
                .say(
                        "resize.prep.end",
                        to,
                        seen -> seen,
                        Map.of(
                                "new_flavor",
                                flavor,
                                "new_instance_type",
                                flavor.name(),
                                "new_instance_type_id",
                                flavor.number()))
                .update(now -> now.in(now.vmState(), "resize_migrating"))
                .say("resize.start", null)
                .after(timing.step())
                .guest((now, at) -> null)
                .update(now -> now.on(to).in(now.vmState(), "resize_migrated"))
                .say("resize.end", from)
                .update(now -> now.with(flavor).in(now.vmState(), "resize_finish"))
                .say("finish_resize.start", null)
                .after(timing.step())
                .guest((now, at) -> ran ? Power.booted(now, at) : new Guest(now.name(), at, null, 1))
                .update(now -> now.in(VmState.RESIZED, null))
                .say("finish_resize.end", null)
                .after(timing.confirmAfter())
                .say("resize.confirm.start", from)
                .update(now -> now.in(ran ? VmState.ACTIVE : VmState.STOPPED, null))
                .say("resize.confirm.end", from);
    }

    static void liveMigrate(Script script, Server server, Host to, Operations.Timing timing) {
        Host from = server.host();
        script.update(now -> now.in(VmState.ACTIVE, "migrating"))
                .say("live_migration.pre.start", to)
                .say("live_migration.pre.end", to)
                .after(timing.step())
                .say("live_migration._post.start", from)
                .say("live_migration.post.dest.start", to)
                .guest(Power::restarted)
                .update(now -> now.on(to).in(VmState.ACTIVE, null))
                .say("live_migration.post.dest.end", to)
                // The source tells what it knew before: its notification, the last one, names the host that was left.
                .say("live_migration._post.end", from, seen -> seen.on(from), Map.of());
    }

    static void shelve(Script script, Operations.Timing timing) {
        script.update(now -> now.in(now.vmState(), "shelving"))
                .sayUsage()
                .say("shelve.start", null)
                .after(timing.step())
                .guest((now, at) -> Power.shutOff(now))
                .update(now -> now.in(now.vmState(), "shelving_image_uploading"))
                .update(now -> now.in(VmState.SHELVED, null))
                .say("shelve.end", null)
                .update(now -> now.in(VmState.SHELVED, "shelving_offloading"))
                .say("shelve_offload.start", null)
                .after(timing.step())
                .guest((now, at) -> null)
                .update(now -> now.in(VmState.SHELVED_OFFLOADED, null))
                .update(now -> now.on(null))
                .say("shelve_offload.end", null);
    }

    static void unshelve(Script script, Host to, Operations.Timing timing) {
        script.update(now -> now.in(VmState.SHELVED_OFFLOADED, "unshelving"))
                .say("unshelve.start", to)
                .update(now -> now.in(VmState.SHELVED_OFFLOADED, "spawning"))
                .after(timing.step())
                .update(now -> now.on(to))
                .guest(Power::booted)
                .update(now -> now.in(VmState.ACTIVE, null))
                .say("unshelve.end", null);
    }
}
