// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.inventory.cache.SharedReport.State;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final CacheReport.Stock STOCK = new CacheReport.Stock(7, 0, 0, 0, 0);
    private static final Refresh REFRESH = new Refresh(
            Refresh.Kind.SHARED, Refresh.Outcome.DONE, "", NOW, NOW, Duration.ZERO, Refresh.Requests.NONE, 0, 0);

    @Test
    void aCacheThatIsInUse_isUp() {
        assertThat(CacheHealth.of(report(Duration.ofSeconds(50), shared(State.IN_USE, null, null, "central-1"), null)))
                .isEqualTo(new Health.Up("7 instances known"));
    }

    @Test
    void aCacheThatNobodyRefreshes_isDegraded_andTheAgeIsSaid() {
        Health health = CacheHealth.of(report(Duration.ofMinutes(30), shared(State.IN_USE, null, null, null), null));
        assertThat(health).isInstanceOf(Health.Degraded.class);
        assertThat(health.detail()).contains("1800 s old", "nobody refreshes");
    }

    @Test
    void anAgentThatFellBack_isDegraded_andTheCauseIsSaid() {
        SharedReport shared = shared(State.UNREACHABLE, "redis:6379 refused the connection", Duration.ZERO, null);
        Health health = CacheHealth.of(report(Duration.ofSeconds(50), shared, null));
        assertThat(health).isInstanceOf(Health.Degraded.class);
        assertThat(health.detail()).contains("Nova is asked", "refused the connection");
    }

    @Test
    void aRefreshThatFailed_isDegraded_withAgeAndCause() {
        SharedReport shared = shared(State.UNREACHABLE, "gone", Duration.ofMinutes(3), null);
        Health health = CacheHealth.of(report(Duration.ofSeconds(90), shared, "gone; Nova is asked in 180 s"));
        assertThat(health).isInstanceOf(Health.Degraded.class);
        assertThat(health.detail()).contains("90 s old", "asked in 180 s");
    }

    @Test
    void aClockMoreThanFiveSecondsFromNovas_isDegraded_whicheverIsAhead() {
        assertThat(CacheHealth.of(ofNova(Duration.ofSeconds(5), Duration.ZERO))).isInstanceOf(Health.Up.class);
        Health ahead = CacheHealth.of(ofNova(Duration.ofMillis(6_100), Duration.ZERO));
        Health behind = CacheHealth.of(ofNova(Duration.ofMinutes(-3), Duration.ZERO));

        assertThat(ahead).isInstanceOf(Health.Degraded.class);
        assertThat(ahead.detail()).contains("6 s ahead of Nova's");
        assertThat(behind).isInstanceOf(Health.Degraded.class);
        assertThat(behind.detail()).contains("180 s behind Nova's");
        assertThat(CacheHealth.of(ofNova(Duration.ofSeconds(-8), Duration.ofSeconds(4))))
                .as("Nova told its time some moment within a long refresh")
                .isInstanceOf(Health.Up.class);
    }

    private static CacheReport ofNova(Duration ahead, Duration took) {
        Refresh refresh = new Refresh(
                Refresh.Kind.CHANGES, Refresh.Outcome.DONE, "", NOW, NOW, took, Refresh.Requests.NONE, 0, 0);
        return report(Origin.API, NOW.minus(ahead).minusSeconds(50), Duration.ofSeconds(50), refresh, null, null);
    }

    private static SharedReport shared(
            State state, @Nullable String cause, @Nullable Duration fallsBackIn, @Nullable String seat) {
        SharedReport.Seen seen =
                new SharedReport.Seen(NOW, "incarnation", 1, 1, null, seat, Duration.ofSeconds(20), null, 0, null);
        return new SharedReport(state, null, cause, fallsBackIn, seen, Map.of(), Map.of());
    }

    private static CacheReport report(Duration age, SharedReport shared, @Nullable String failure) {
        return report(Origin.SHARED, NOW, age, REFRESH, shared, failure);
    }

    private static CacheReport report(
            Origin origin,
            Instant asOf,
            Duration age,
            Refresh refresh,
            @Nullable SharedReport shared,
            @Nullable String failure) {
        return new CacheReport(
                "compute-1",
                true,
                NOW,
                origin,
                asOf,
                true,
                age,
                null,
                refresh,
                refresh,
                failure == null ? 0 : 3,
                failure,
                STOCK,
                STOCK,
                STOCK,
                0,
                new CacheReport.Counts(Map.of(), Refresh.Requests.NONE, Map.of()),
                shared);
    }
}
