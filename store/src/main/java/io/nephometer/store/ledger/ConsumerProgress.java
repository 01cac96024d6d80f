// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Fate;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a source of messages has come, since the ledger began.
 *
 * @param name such as {@code rabbitmq:nephometer.notifications}; {@code recovery} for retries
 * @param position of its latest commit in the log
 * @param messages how many of each fate
 * @param samplesRefused polled samples that came again
 */
public record ConsumerProgress(
        String name, long position, Instant updatedAt, Map<Fate, Long> messages, long samples, long samplesRefused) {
    public ConsumerProgress {
        messages = Collections.unmodifiableMap(new EnumMap<>(messages));
    }
}
