// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Health;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is told of the inventory is of now: of trouble that ended, was left to others, or goes on unseen. */
class InventoryHealthTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant TEN = Instant.parse("2026-11-28T10:00:00Z");

    private Duration now = Duration.ofDays(-1);
    private final InventoryHealth health = new InventoryHealth(PATIENCE, () -> now.toNanos());

    private void readsFor(Duration time) {
        for (Duration end = now.plus(time); now.compareTo(end) < 0; now = now.plusSeconds(30)) {
            health.reads();
        }
    }

    private void assertUp(String detail) {
        assertThat(health.health()).isInstanceOf(Health.Up.class);
        assertThat(health.health().detail()).contains(detail);
    }

    private void assertDegraded(String detail) {
        assertThat(health.health()).isInstanceOf(Health.Degraded.class);
        assertThat(health.health().detail()).contains(detail);
    }

    @Test
    void aProcessThatNeverReadIsWell() {
        now = now.plusDays(2);
        assertUp("does not read");
    }

    @Test
    void troubleEndsWithAReading() {
        health.reads();
        health.trouble("clock_differs: by a minute");
        assertDegraded("clock_differs: by a minute");
        health.complete(TEN);
        assertUp("complete up to " + TEN);
    }

    @Test
    void troubleOfAProcessThatLostItsSeatIsNotItsOwnAnyMore() {
        health.reads();
        health.trouble("clock_differs: by a minute");
        now = now.plus(PATIENCE);
        assertDegraded("clock_differs");
        now = now.plusSeconds(1);
        assertUp("has not read for 301 s");
        health.reads();
        assertUp("complete of nothing yet");
    }

    @Test
    void troubleOfAProcessThatLeavesToAnotherIsOver() {
        health.reads();
        health.trouble("clock_differs: by a minute");
        health.leaves();
        assertUp("does not read");
    }

    @Test
    void troubleThatGoesOnIsTold_evenIfNothingIsReadBecauseOfIt() {
        health.reads();
        for (int minute = 0; minute < 60; minute++) {
            health.trouble("unreachable");
            assertDegraded("unreachable");
            now = now.plusMinutes(1);
        }
    }

    @Test
    void readingsThatNeverEndAreTold() {
        health.reads();
        health.complete(TEN);
        readsFor(PATIENCE);
        assertUp("complete up to " + TEN);
        readsFor(Duration.ofMinutes(1));
        assertDegraded("no reading of what changed has ended for 3");
        assertDegraded("complete up to " + TEN);
        health.complete(TEN.plusSeconds(60));
        assertUp("complete up to " + TEN.plusSeconds(60));
    }

    @Test
    void whoBeginsToReadHasTime() {
        health.reads();
        readsFor(PATIENCE);
        assertUp("complete of nothing yet");
        readsFor(Duration.ofMinutes(1));
        assertDegraded("complete of nothing yet");
        now = now.plusHours(1);
        health.reads();
        assertUp("complete of nothing yet");
    }
}
