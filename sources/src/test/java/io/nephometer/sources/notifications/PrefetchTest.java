// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchTest {
    private static final long BOUND = 1_000_000;
    private final Prefetch prefetch = new Prefetch(100, BOUND);

    private void arrive(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            prefetch.arrived(bytes);
        }
    }

    @Test
    void itBeginsWithFewAndGrowsWhenThoseHaveComeAndAreSmall() {
        assertThat(prefetch.next(0, 1)).isEqualTo(8);
        assertThat(prefetch.isReduced()).isTrue();
        arrive(7, 100);
        assertThat(prefetch.mayGrow(700, 1)).isFalse();
        assertThat(prefetch.arrived(100)).isTrue();
        assertThat(prefetch.mayGrow(800, 1)).isTrue();
        assertThat(prefetch.next(800, 1)).isEqualTo(100);
        assertThat(prefetch.isReduced()).isFalse();
        arrive(100, 100);
        assertThat(prefetch.mayGrow(10_000, 1)).isFalse();
    }

    @Test
    void ofLargeOnesAsManyComeAsMayBeHeld() {
        prefetch.next(0, 1);
        arrive(8, 250_000);
        assertThat(prefetch.mayGrow(0, 1)).isFalse();
        assertThat(prefetch.next(500_000, 1)).isEqualTo(2);
        assertThat(prefetch.next(0, 1)).isEqualTo(4);
        assertThat(prefetch.next(0, 2)).isEqualTo(2);
        arrive(1, 5_000_000);
        assertThat(prefetch.next(0, 1)).isEqualTo(1);
    }

    @Test
    void severalQueuesShareTheFirstOnes() {
        assertThat(prefetch.next(0, 2)).isEqualTo(4);
        assertThat(prefetch.next(0, 20)).isEqualTo(1);
    }

    @Test
    void aLargeOneIsForgottenAfterManySmallOnes() {
        prefetch.next(0, 1);
        arrive(8, 250_000);
        assertThat(prefetch.next(0, 1)).isEqualTo(4);
        arrive(69, 100);
        assertThat(prefetch.mayGrow(0, 1)).isTrue();
        assertThat(prefetch.next(0, 1)).isEqualTo(8);
        arrive(1_000, 100);
        assertThat(prefetch.next(0, 1)).isEqualTo(100);
    }

    @Test
    void aSingleOneMayBeLargerThanTheBound() {
        assertThat(prefetch.admits(0, 2_000_000)).isTrue();
        assertThat(prefetch.admits(1, 1_000_000)).isFalse();
        assertThat(prefetch.admits(500_000, 500_000)).isTrue();
    }

    @Test
    void afterARefusalNothingFlowsUntilHalfIsFreeAndTheRefusedOneFits() {
        assertThat(prefetch.mayFlow(BOUND)).isTrue();
        prefetch.refused(100);
        assertThat(prefetch.mayFlow(BOUND / 2 + 1)).isFalse();
        assertThat(prefetch.mayFlow(BOUND / 2)).isTrue();
        prefetch.refused(700_000);
        assertThat(prefetch.mayFlow(BOUND / 2)).isFalse();
        assertThat(prefetch.mayFlow(300_000)).isTrue();
        prefetch.refused(2_000_000);
        assertThat(prefetch.mayFlow(1)).isFalse();
        assertThat(prefetch.mayFlow(0)).isTrue();
        prefetch.next(0, 1);
        assertThat(prefetch.mayFlow(BOUND)).isTrue();
    }

    @Test
    void aSmallNumberIsNeverExceeded() {
        Prefetch three = new Prefetch(3, BOUND);
        assertThat(three.next(0, 1)).isEqualTo(3);
        assertThat(three.isReduced()).isFalse();
    }
}
