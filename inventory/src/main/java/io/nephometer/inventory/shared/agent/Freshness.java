// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.shared.record.RefreshRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old the shared cache was when it was asked.
 *
 * @param asOf on Nova's clock: before this moment nothing is missing; null if nothing was ever told
 * @param novasClock whether Nova told that
 * @param age of it on the shared cache's clock when that was asked
 * @param tick when that was, on our ticker
 */
record Freshness(@Nullable Instant asOf, boolean novasClock, Duration age, long tick) {
    static final Freshness NONE = new Freshness(null, false, Duration.ZERO, 0);

    /**
     * By what the last refresher wrote; nothing if it never succeeded.
     *
     * @param last null if there is none
     * @param seen when, on the clock of the shared cache
     * @param tick of our ticker before the cache was asked
     */
    static Freshness of(@Nullable RefreshRecord last, Instant seen, long tick) {
        RefreshRecord.Complete good = last == null ? null : last.good();
        return good == null
                ? NONE
                : new Freshness(good.nova(), good.novasClock(), Duration.between(good.cache(), seen), tick);
    }

    Origin origin() {
        return asOf == null ? Origin.NONE : Origin.SHARED;
    }

    Duration age(long now) {
        return asOf == null ? Duration.ZERO : age.plusNanos(now - tick);
    }

    <T> Answer<T> answer(T value, long now) {
        return new Answer<>(value, origin(), asOf, age(now));
    }
}
