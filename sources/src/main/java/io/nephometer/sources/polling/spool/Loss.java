// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;

/**
 * Messages of one source and interval that are lost for one reason.
 *
 * @param first the earliest slot of them
 * @param last the latest
 * @param messages at least so many
 * @param samples in them, as far as that is known
 */
record Loss(LossReason reason, Slot first, Slot last, int messages, long samples) {
    /** One message. */
    static Loss one(LossReason reason, Slot slot, long samples) {
        return new Loss(reason, slot, slot, 1, samples);
    }

    Loss plus(Loss other) {
        return new Loss(
                reason,
                other.first.start().isBefore(first.start()) ? other.first : first,
                other.last.start().isAfter(last.start()) ? other.last : last,
                messages + other.messages,
                samples + other.samples);
    }

    Loss because(LossReason other) {
        return new Loss(other, first, last, messages, samples);
    }

    /** Losses with the same key are told as one. */
    String key() {
        return reason + "/" + first.interval().toSeconds() + "/" + first.source();
    }

    /** As its first slot tells it. */
    Shortfall shortfall() {
        return new Shortfall(
                reason.label(),
                samples,
                "at least " + messages + (messages == 1 ? " message" : " messages") + " of the slots from "
                        + first.start() + " to " + last.start() + " " + reason.meaning());
    }
}
