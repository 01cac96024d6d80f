// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Brings messages to the bus by way of another carrier, and counts those that got there. Safe for several threads. */
public final class CountingCarrier implements MessageCarrier {
    private final MessageCarrier carrier;
    private final AtomicLong delivered = new AtomicLong();

    public CountingCarrier(MessageCarrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public CarryReport carry(List<PollingMessage> messages) throws InterruptedException {
        CarryReport report = carrier.carry(messages);
        delivered.addAndGet(messages.size() - report.undelivered().size());
        return report;
    }

    /** How many were delivered until now. */
    public long delivered() {
        return delivered.get();
    }
}
