// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PrivateRedisTest {
    @Test
    void aRestartKeepsTheAddressAndNothingElse() {
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            String url = redis.url();
            assertThat(redis.cli("SET", "key", "value")).isEqualTo("OK");
            assertThat(redis.usedMemory()).isPositive();

            redis.restart();
            assertThat(redis.cli("GET", "key")).isEmpty();
            assertThat(redis.url()).isEqualTo(url);

            redis.kill();
            assertThat(redis.isRunning()).isFalse();
            assertThatThrownBy(() -> redis.cli("PING"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void whoKeepsItMayDoEverythingWhateverOthersMay() {
        try (PrivateRedis redis = new PrivateRedis(List.of("user default off", "maxmemory 64mb"))) {
            redis.start();

            assertThat(redis.cli("CONFIG", "GET", "maxmemory")).contains("67108864");
            assertThat(redis.cli("ACL", "WHOAMI")).isEqualTo("administrator");
        }
    }

    @Test
    void mayBeClosedBeforeStartAndTwice() {
        PrivateRedis redis = new PrivateRedis();
        redis.close();
        redis.close();
        assertThat(redis.isRunning()).isFalse();
    }
}
