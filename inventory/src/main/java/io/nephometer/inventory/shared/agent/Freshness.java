// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
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
     * @param tick of our ticker before the cache was asked
     */
    static Freshness of(Head head, long tick) throws BodyException {
        String text = head.refreshRecord();
        RefreshRecord.Complete good =
                text == null ? null : RefreshRecordBody.read(text).good();
        return good == null
                ? NONE
                : new Freshness(good.nova(), good.novasClock(), Duration.between(good.cache(), head.now()), tick);
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
