// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import java.time.Duration;

/** When a batch is full: whichever of the three comes first. */
public record BatchConfig(
        @Doc("Messages in a batch; 1 switches batching off.") @Default("500") @Between(min = "1", max = "100000")
        int maxMessages,

        @Doc("Bytes of message bodies in a batch.") @Default("8MiB") @Between(min = "1kB", max = "256MiB")
        ByteSize maxBytes,

        @Doc("Time since its first message. There is always one, so that no message waits for others to come.")
        @Default("500ms")
        @Between(min = "1ms", max = "5m")
        Duration timeout) {
    public BatchConfig {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new InvalidSetting("timeout", "expected more than nothing: a batch must always end");
        }
        if (maxMessages < 1) {
            throw new InvalidSetting("maxMessages", "expected at least 1");
        }
    }
}
