// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import java.time.Duration;

/**
 * When a batch is full: at whichever of the three comes first.
 *
 * @param maxMessages at least 1; 1 switches batching off
 * @param maxBytes the bodies together; a single larger message is a batch of its own
 * @param timeout since the first message of the batch; a batch never waits longer, so a quiet bus holds nothing back
 */
public record BatchLimits(int maxMessages, long maxBytes, Duration timeout) {
    public BatchLimits {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("max_messages is " + maxMessages + ", must be at least 1");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("max_bytes is " + maxBytes + ", must be at least 1");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + ", must be more than 0");
        }
    }

    /** 500 messages, 8 MiB, 500 ms. */
    public static BatchLimits defaults() {
        return new BatchLimits(500, 8L << 20, Duration.ofMillis(500));
    }
}
