// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestTime time = new TestTime();
    private final TokenBucket bucket = new TokenBucket(new ApiBudget(2, 3), time.ticker());

    @Test
    void givesABurstAndThenTurnsInOrder() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(LONG)).contains(Duration.ZERO);
        }
        assertThat(bucket.take(LONG)).contains(Duration.ofMillis(500));
        assertThat(bucket.take(LONG)).contains(Duration.ofSeconds(1));
    }

    @Test
    void takesNothingFromWhoeverWillNotWait() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(LONG)).isPresent();
        }
        assertThat(bucket.take(Duration.ofMillis(499))).isEmpty();
        assertThat(bucket.take(Duration.ofMillis(499))).isEmpty();
        assertThat(bucket.take(Duration.ofMillis(500))).contains(Duration.ofMillis(500));
    }

    @Test
    void savesNoMoreThanTheBurst() {
        time.advance(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(LONG)).contains(Duration.ZERO);
        }
        assertThat(bucket.take(LONG)).contains(Duration.ofMillis(500));
    }

    @Test
    void staysClosedAsLongAsTheLongestWish() {
        bucket.close(Duration.ofSeconds(10), 503);
        bucket.close(Duration.ofSeconds(5), 503);
        assertThat(bucket.take(LONG)).contains(Duration.ofSeconds(10));
        time.advance(Duration.ofSeconds(10));
        assertThat(bucket.take(LONG)).contains(Duration.ZERO);
    }
}
