// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which a source lost measurements, or may have lost some.
 *
 * @param key what is told later under the same key replaces what was told before
 * @param beganEarlier whether it began before {@code key.began}, when nobody of us was watching
 * @param ended null while it lasts
 * @param lost how many messages were lost so far; null if nobody can know
 * @param atLeast whether {@code lost} is a lower bound or an estimate
 * @param detail for a human
 */
public record RecordedGap(
        Key key,
        boolean beganEarlier,
        @Nullable Instant ended,
        @Nullable Long lost,
        boolean atLeast,
        String detail) {
    /**
     * Which gap.
     *
     * @param source such as {@code rabbitmq:nephometer.notifications}
     * @param kind a word of the source for why messages are missing
     * @param subject the exchange or queue that it concerns
     */
    public record Key(String source, String kind, String subject, Instant began) {}
}
