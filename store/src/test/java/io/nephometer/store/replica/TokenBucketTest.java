// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final ManualTicker ticker = new ManualTicker();

    private static int taken(TokenBucket bucket, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += bucket.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void afterAPause_asManyAsOneSecondGives() {
        TokenBucket bucket = new TokenBucket(5, ticker);
        assertThat(taken(bucket, 100)).isEqualTo(5);
        ticker.advance(Duration.ofHours(1));
        assertThat(taken(bucket, 100)).isEqualTo(5);
    }

    @Test
    void overAMinuteOfAsking_theRateIsKept() {
        TokenBucket bucket = new TokenBucket(5, ticker);
        int taken = 0;
        for (int i = 0; i < 6_000; i++) {
            ticker.advance(Duration.ofMillis(10));
            taken += taken(bucket, 10);
        }
        assertThat(taken).isBetween(300, 306);
    }

    @Test
    void aSlowRate_givesOneAtATime() {
        TokenBucket bucket = new TokenBucket(0.1, ticker);
        assertThat(taken(bucket, 10)).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(9));
        assertThat(bucket.take()).isFalse();
        ticker.advance(Duration.ofSeconds(2));
        assertThat(bucket.take()).isTrue();
    }
}
