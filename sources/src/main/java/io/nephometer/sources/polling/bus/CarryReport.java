// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of messages for the bus.
 *
 * @param undelivered those of which the broker did not say that it has them in a queue; they may have got through all the same
 * @param trouble why; null if all were delivered
 * @param detail for a human; empty if all were delivered
 */
public record CarryReport(
        List<PollingMessage> undelivered, @Nullable Trouble trouble, String detail) {
    /** Why messages were not delivered; a label of metrics. */
    public enum Trouble {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The broker takes nothing: short of memory or disk. So does a ledger that is away. */
        BLOCKED,
        /** There is no such exchange, and it may not be made. */
        NO_EXCHANGE,
        /** The user may not publish, or not make the exchange. */
        NOT_PERMITTED,
        /** No queue is bound for the routing key: nobody would have got them. */
        UNROUTABLE,
        /** The broker said that it did not take them. */
        REFUSED,
        /** The broker says that it cannot take such a message: too large. */
        UNACCEPTABLE,
        /** The broker did not answer in time. */
        UNCONFIRMED,
        /** The broker's library threw what it should not: a defect, or a setting that it cannot send. */
        FAILED;

        /** As in metrics: {@code unroutable}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CarryReport {
        undelivered = List.copyOf(undelivered);
        if ((trouble == null) != undelivered.isEmpty()) {
            throw new IllegalArgumentException("what is not delivered has a reason, and what is has none");
        }
    }

    /** All of them are in a queue. */
    public static CarryReport delivered() {
        return new CarryReport(List.of(), null, "");
    }

    /** Whether all are in a queue. */
    public boolean isDelivered() {
        return trouble == null;
    }
}
