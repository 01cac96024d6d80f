// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import java.time.Instant;

/** Who refreshes, by which token, and for how long. */
record Seat(String holder, long token, Instant until) {
    boolean isTakenFrom(String other, Instant now) {
        return !holder.equals(other) && now.isBefore(until);
    }
}
