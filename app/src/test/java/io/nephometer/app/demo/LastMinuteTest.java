// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
    @Test
    void whatIsOlderThanAMinuteDoesNotCount() {
        LastMinute last = new LastMinute();
        assertThat(last.look(seconds(0), 5)).isZero();
        assertThat(last.look(seconds(30), 8)).isEqualTo(3);
        assertThat(last.look(seconds(60), 9)).isEqualTo(4);
        assertThat(last.look(seconds(80), 10)).isEqualTo(2);
        assertThat(last.look(seconds(300), 10)).isZero();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
