// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenure, and how far its unit had come before.
 *
 * @param newest the newest slot that was claimed, measured or told to be missing; null if none
 * @param holes slots up to it of which nothing was measured nor told
 * @param before whose tenure came before; null if this is the first
 * @param lastSign when that owner was last heard of; null if never
 * @param handedOver whether that owner lives, and so ends what it is at
 */
public record Beginning(
        Tenure tenure,
        @Nullable Slot newest,
        List<Slot> holes,
        @Nullable Tenure before,
        @Nullable Instant lastSign,
        boolean handedOver) {
    public Beginning {
        holes = List.copyOf(holes);
    }
}
