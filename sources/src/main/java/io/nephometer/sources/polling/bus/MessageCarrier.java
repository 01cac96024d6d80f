// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import java.util.List;

/** Brings messages to the bus. Safe for several threads. */
@FunctionalInterface
public interface MessageCarrier {
    /**
     * Sends the messages, in their order, and waits until it is known what became of each: not longer than some seconds, and
     * not at all while it is known that nobody can be reached.
     */
    CarryReport carry(List<PollingMessage> messages) throws InterruptedException;
}
