// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Merge;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.inventory.shared.record.ServerField;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Hosts of Nova whose clocks are as far apart as may be. */
class ClocksApartTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void changeThatIsDatedBeforeTheOneBeforeIt_isSeenAllTheSame() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, MINUTE.multipliedBy(5));
            Server server = cloud.idle();
            tell(
                    cloud,
                    server.id(),
                    cloud.cache().head().now().plus(Merge.OVERLAP).minusSeconds(1));
            cloud.turn(refresher, Duration.ofSeconds(5));
            cloud.cloud().operations().rename(server.id(), "later");
            long stale = 0;
            for (int cycle = 0; cycle < 6; cycle++) {
                cloud.turn(refresher, MINUTE);
                stale += cloud.record().found().stale();
            }
            assertThat(Objects.requireNonNull(cloud.held().get(server.id()))
                            .server()
                            .name())
                    .isEqualTo("later");
            assertThat(stale)
                    .as("answers that seemed older than what was known")
                    .isPositive();
        }
    }

    /** An event of a host whose clock is ahead. */
    private static void tell(RefreshedCloud cloud, String id, Instant at) throws Exception {
        var told = Objects.requireNonNull(cloud.held().get(id)).server();
        var resized = told.withFlavor(Objects.requireNonNull(told.flavor()).withExtraSpecs(Map.of("hw:a", "b")));
        new Amender(cloud.cache(), cloud.cache()::amend)
                .apply(List.of(new Observation.Event(resized, EnumSet.of(ServerField.FLAVOR), at)));
    }
}
