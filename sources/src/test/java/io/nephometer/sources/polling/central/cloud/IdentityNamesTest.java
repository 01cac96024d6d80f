// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.simulator.cloud.StockPlan;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.IdentityNames;
import io.nephometer.sources.polling.central.NamingMeasuring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That names cost no measurement, and few requests. */
@Timeout(120)
class IdentityNamesTest {
    private static final WorkUnit UNIT = new WorkUnit("all", Duration.ofMinutes(1), "volumes");
    private static final Slot SLOT = UNIT.slotAt(PolledCloud.START);

    private static SlotMeasurements ownedBy(String user) {
        Sample sample = new Sample(
                new Sample.Origin.Slotted(SLOT),
                new Meter("volume.size", MeterType.GAUGE, "GB"),
                1L,
                "a volume",
                null,
                user,
                SLOT.start(),
                Map.of());
        return new SlotMeasurements(SLOT, "volumes", null, null, List.of(sample), List.of());
    }

    private static long lists(PolledCloud polled) {
        return polled.cloud().requests().count(asked -> asked.path().contains("/v3/users"));
    }

    @Test
    void nobodyWaitsForKeystone() throws Exception {
        try (PolledCloud polled = new PolledCloud(StockPlan.small(), 5, CloudOptions.usual())) {
            List<Runnable> aside = new ArrayList<>();
            IdentityNames names = polled.names(aside::add);
            NamingMeasuring measuring = new NamingMeasuring((unit, slot) -> ownedBy("somebody"), names);
            names.look();

            for (int i = 0; i < 3; i++) {
                assertThat(measuring.measure(UNIT, SLOT).samples().getFirst().metadata())
                        .doesNotContainKey("user_name");
            }

            assertThat(aside).as("one reading of each list").hasSize(2);
            assertThat(lists(polled)).isZero();
        }
    }

    /** Users that were deleted, or are of another directory, own things for long. */
    @Test
    void whoTheListLacksCostsNoReadingAfterTheNext() throws Exception {
        try (PolledCloud polled = new PolledCloud(StockPlan.small(), 5, CloudOptions.usual())) {
            IdentityNames names = polled.names(Runnable::run);
            NamingMeasuring measuring = new NamingMeasuring((unit, slot) -> ownedBy("who was deleted"), names);

            for (int minute = 0; minute < 59; minute++) {
                measuring.measure(UNIT, SLOT);
                polled.advance(Duration.ofMinutes(1));
            }

            assertThat(lists(polled)).isBetween(1L, 2L);
        }
    }
}
