// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeWatchTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final LinkTiming TIMING = LinkTiming.defaults();

    private final List<Gap> gaps = new ArrayList<>();
    private final ExchangeWatch watch = new ExchangeWatch("nova", new GapLog(gaps::add));

    private static long nanos(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private void bound(int second) {
        watch.bound(at(second), nanos(second), TIMING.check());
    }

    private void absent(int second) {
        watch.absent(at(second), nanos(second), TIMING);
    }

    @Test
    void anExchangeThatIsThereMakesNoGap() {
        bound(0);
        bound(2);
        watch.reconnected();
        bound(10);
        assertThat(gaps).isEmpty();
        assertThat(watch.isDue(nanos(11))).isFalse();
        assertThat(watch.isDue(nanos(12))).isTrue();
    }

    @Test
    void aGapLastsFromTheLastGoodLookToTheNextBinding() {
        bound(0);
        absent(2);
        absent(3);
        bound(7);
        assertThat(gaps).extracting(Gap::from).containsExactly(at(0), at(0));
        assertThat(gaps).extracting(Gap::to).containsExactly(null, at(7));
        assertThat(gaps).extracting(Gap::kind).containsOnly(Gap.Kind.EXCHANGE_UNBOUND);
        assertThat(watch.isLosing()).isFalse();
    }

    @Test
    void whatAppearsBetweenTwoLooksMayHaveBeenMissed() {
        absent(0);
        absent(20);
        assertThat(gaps).isEmpty();
        bound(30);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().from()).isEqualTo(at(20));
        assertThat(gaps.getFirst().to()).isEqualTo(at(30));
    }

    @Test
    void aRestartedBrokerIsAGapUntilTheBinding() {
        bound(0);
        watch.reconnected();
        watch.bindingsLost("restarted");
        watch.bindingsLost("restarted");
        absent(8);
        bound(9);
        assertThat(gaps).extracting(Gap::kind).containsExactly(Gap.Kind.BROKER_RESTARTED, Gap.Kind.BROKER_RESTARTED);
        assertThat(gaps.getLast().from()).isEqualTo(at(0));
        assertThat(gaps.getLast().to()).isEqualTo(at(9));
    }

    @Test
    void aRestartBeforeOurTimeMattersOnlyIfTheExchangeExists() {
        watch.bindingsLost("restarted");
        absent(1);
        assertThat(gaps).isEmpty();
        bound(5);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().from()).isNull();
        assertThat(gaps.getFirst().to()).isEqualTo(at(5));
    }

    @Test
    void whatWeMayNoLongerBindIsAGap() {
        bound(0);
        watch.refused(at(2), nanos(2), TIMING, "ACCESS_REFUSED");
        assertThat(watch.isLosing()).isTrue();
        assertThat(watch.refusal()).isEqualTo("ACCESS_REFUSED");
        bound(62);
        assertThat(gaps.getLast().to()).isEqualTo(at(62));
    }

    @Test
    void theLongerItIsAwayTheLessOftenItIsAskedFor() {
        bound(0);
        absent(2);
        assertThat(Duration.ofNanos(watch.nanosToNextLook(nanos(2)))).isEqualTo(Duration.ofMillis(500));
        absent(22);
        assertThat(Duration.ofNanos(watch.nanosToNextLook(nanos(22)))).isEqualTo(Duration.ofSeconds(10));
        absent(2_002);
        assertThat(Duration.ofNanos(watch.nanosToNextLook(nanos(2_002)))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whatWasNeverThereIsAskedForLeast() {
        absent(0);
        absent(100_000);
        assertThat(Duration.ofNanos(watch.nanosToNextLook(nanos(100_000)))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aListenerThatFailsDoesNotStopUs() {
        ExchangeWatch fragile = new ExchangeWatch("nova", new GapLog(gap -> {
            throw new IllegalStateException("the ledger is away");
        }));
        fragile.bound(at(0), 0, TIMING.check());
        fragile.absent(at(1), nanos(1), TIMING);
        assertThat(fragile.isLosing()).isTrue();
    }
}
