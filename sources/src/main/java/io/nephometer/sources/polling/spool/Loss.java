// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Slot;

/**
 * Messages of one source and interval that were dropped.
 *
 * @param first the earliest slot of them
 * @param last the latest
 */
record Loss(Slot first, Slot last, int messages, long samples) {
    Loss plus(Loss other) {
        return new Loss(
                other.first.start().isBefore(first.start()) ? other.first : first,
                other.last.start().isAfter(last.start()) ? other.last : last,
                messages + other.messages,
                samples + other.samples);
    }

    /** Losses with the same key are told as one. */
    String key() {
        return first.interval().toSeconds() + "/" + first.source();
    }
}
