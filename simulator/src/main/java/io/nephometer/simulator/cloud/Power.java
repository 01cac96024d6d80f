// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stopping, starting and restarting a server's domain. */
final class Power {
    private Power() {}

    static void off(Script script, Operations.Timing timing) {
        script.update(now -> now.in(VmState.ACTIVE, "powering-off"))
                .say("power_off.start", null)
                .after(timing.step())
                .guest((now, at) -> shutOff(now))
                .update(now -> now.in(VmState.STOPPED, null))
                .say("power_off.end", null);
    }

    static void on(Script script, Operations.Timing timing) {
        script.update(now -> now.in(VmState.STOPPED, "powering-on"))
                .say("power_on.start", null)
                .after(timing.step())
                .guest(Power::booted)
                .update(now -> now.in(VmState.ACTIVE, null))
                .say("power_on.end", null);
    }

    static void reboot(Script script, Operations.Timing timing) {
        script.update(now -> now.in(VmState.ACTIVE, "rebooting"))
                .say("reboot.start", null)
                .update(now -> now.in(VmState.ACTIVE, "reboot_pending"))
                .update(now -> now.in(VmState.ACTIVE, "reboot_started"))
                .after(timing.step())
                .guest(Power::restarted)
                .update(now -> now.in(VmState.ACTIVE, null))
                .say("reboot.end", null);
    }

    static @Nullable Guest shutOff(Server server) {
        Guest guest = server.guest();
        return guest == null ? null : new Guest(guest.name(), guest.defined(), null, guest.boots());
    }

    /** Started with a description made afresh. */
    static Guest booted(Server server, Instant at) {
        Guest guest = server.guest();
        return new Guest(server.name(), at, at, guest == null ? 1 : guest.boots() + 1);
    }

    /** Started anew with the description that it had. */
    static @Nullable Guest restarted(Server server, Instant at) {
        Guest guest = server.guest();
        return guest == null ? null : new Guest(guest.name(), guest.defined(), at, guest.boots() + 1);
    }
}
