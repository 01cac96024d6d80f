// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.time.Duration;

/**
 * Messages of one member, source and interval that are lost for one reason.
 *
 * @param member as {@link PollingMessage#member}: in its slots it is told; empty if an earlier version did not write it down
 * @param first the earliest slot of them
 * @param last the latest
 * @param each whether every slot from the first to the last has lost some; else only those two are known, or one of them
 * @param messages at least so many
 * @param samples in them, as far as that is known
 */
record Loss(LossReason reason, String member, Slot first, Slot last, boolean each, int messages, long samples) {
    /** One message. */
    static Loss one(LossReason reason, String member, Slot slot, long samples) {
        return new Loss(reason, member, slot, slot, true, 1, samples);
    }

    /** Messages of which no more is known than that they are of about these slots. */
    static Loss about(LossReason reason, String member, Slot first, Slot last, int messages) {
        return new Loss(reason, member, first, last, first.equals(last), messages, 0);
    }

    /** Both; of those with one {@link #key}. */
    Loss plus(Loss other) {
        return new Loss(
                reason,
                member,
                other.first.start().isBefore(first.start()) ? other.first : first,
                other.last.start().isAfter(last.start()) ? other.last : last,
                isJoinedBy(other) && each,
                messages + other.messages,
                samples + other.samples);
    }

    /** Whether nothing is forgotten if both become one. */
    boolean isJoinedBy(Loss other) {
        return each == other.each
                && (!each
                        || !(other.first.start().isAfter(last.end())
                                || first.start().isAfter(other.last.end())));
    }

    Loss because(LossReason other) {
        return new Loss(other, member, first, last, each, messages, samples);
    }

    /** What may be told of as one has one key. */
    String key() {
        return reason + "/" + first.interval().toSeconds() + "/" + first.source() + "/" + member;
    }

    /** In so many slots it is told. */
    long slots() {
        return each ? Duration.between(first.start(), last.end()).dividedBy(first.interval()) : 1;
    }

    /** What is left when it was told in its first slots; at least one is left. */
    Loss after(long told) {
        long slots = slots();
        return new Loss(
                reason,
                member,
                slot(told),
                last,
                each,
                messages - Math.toIntExact(share(messages, slots, told)),
                samples - share(samples, slots, told));
    }

    private Slot slot(long number) {
        Duration later = first.interval().multipliedBy(number);
        return new Slot(first.source(), first.interval(), first.start().plus(later));
    }

    /** Of what so many slots have in all, so many of them: nobody knows better. */
    private static long share(long all, long slots, long some) {
        return all * some / slots;
    }

    /** As one of its slots tells it. */
    SlotMeasurements told(long number, String whose) {
        long slots = slots();
        long count = share(samples, slots, number + 1) - share(samples, slots, number);
        String range =
                first.equals(last) ? "slot " + first.start() : "slots from " + first.start() + " to " + last.start();
        String text = "at least " + messages + (messages == 1 ? " message" : " messages") + " of the " + range + " "
                + reason.meaning();
        return SlotMeasurements.missing(slot(number), whose, new Shortfall(reason.label(), count, text));
    }
}
