// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.cloud.LifeRates;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CloudDriverTest {
    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(clock, 1, 5).withRates(LifeRates.usual(3600)));

    @Test
    void theCloudLivesAsItsClockGoesOn() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        cloud.notifications().listen(published -> heard.countDown());
        try (CloudDriver driver = new CloudDriver(cloud, Duration.ofMillis(1))) {
            driver.start();
            clock.advance(Duration.ofMinutes(1));

            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        }
        long sent = cloud.notifications().sent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(cloud.notifications().sent())
                .as("nothing happens once it is closed")
                .isEqualTo(sent);
    }

    @Test
    void mayBeClosedBeforeItStartsAndTwice() {
        CloudDriver driver = new CloudDriver(cloud, Duration.ofSeconds(1));
        driver.close();
        driver.close();

        assertThat(cloud.notifications().sent()).isZero();
    }
}
