// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.bus.PollingMessage;

/**
 * Messages of one member, source and interval that are lost for one reason.
 *
 * @param member as {@link PollingMessage#member}: in its slots it is told; empty if an earlier version did not write it down
 * @param first the earliest slot of them
 * @param last the latest
 * @param messages at least so many
 * @param samples in them, as far as that is known
 */
record Loss(LossReason reason, String member, Slot first, Slot last, int messages, long samples) {
    /** One message. */
    static Loss one(LossReason reason, String member, Slot slot, long samples) {
        return new Loss(reason, member, slot, slot, 1, samples);
    }

    Loss plus(Loss other) {
        return new Loss(
                reason,
                member,
                other.first.start().isBefore(first.start()) ? other.first : first,
                other.last.start().isAfter(last.start()) ? other.last : last,
                messages + other.messages,
                samples + other.samples);
    }

    Loss because(LossReason other) {
        return new Loss(other, member, first, last, messages, samples);
    }

    /** Losses with the same key are told as one. */
    String key() {
        return reason + "/" + first.interval().toSeconds() + "/" + first.source() + "/" + member;
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
