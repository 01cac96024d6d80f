// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hourly {@code compute.instance.exists} of every server on a host, each host some seconds after the hour. */
final class UsageAudit {
    private static final int SPREAD = 60;

    private final Cloud cloud;

    UsageAudit(Cloud cloud) {
        this.cloud = cloud;
    }

    void tick(Instant tick) {
        Instant hour = tick.truncatedTo(ChronoUnit.HOURS);
        long second = Duration.between(hour, tick).toSeconds();
        if (second < SPREAD) {
            for (int i = (int) second; i < cloud.hosts().size(); i += SPREAD) {
                audit(cloud.hosts().get(i), cloud.controllerTime(tick), hour);
            }
        }
    }

    private void audit(Host host, Instant stamp, Instant hour) {
        List<Server> guests = cloud.guestsOf(host.name());
        Map<String, @Nullable Object> period =
                Map.of("audit_period_beginning", hour.minus(Duration.ofHours(1)), "audit_period_ending", hour);
        cloud.inside(in -> {
            for (Server guest : guests) {
                in.say(new CloudEvent.OfServer(
                        stamp, "compute.instance.exists", "compute." + host.name(), guest, period));
            }
            return guests.size();
        });
    }
}
