// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;

/** A message that the broker keeps for us under the tag of one channel. */
final class RabbitMqDelivery implements Delivery {
    private final RawMessage message;
    private final boolean redelivered;
    private final long tag;
    private final QueueConsumer consumer;

    /** Guarded by the lock of the {@link Unsettled} that holds it. */
    private boolean settled;

    RabbitMqDelivery(RawMessage message, boolean redelivered, long tag, QueueConsumer consumer) {
        this.message = message;
        this.redelivered = redelivered;
        this.tag = tag;
        this.consumer = consumer;
    }

    /** The same without its body: the broker still has that, and we cannot hold it now. */
    RabbitMqDelivery withoutBody() {
        return new RabbitMqDelivery(RawMessage.ofBody(Bytes.utf8("")), redelivered, tag, consumer);
    }

    @Override
    public RawMessage message() {
        return message;
    }

    @Override
    public boolean redelivered() {
        return redelivered;
    }

    long tag() {
        return tag;
    }

    /** The session it came in; settling it in another one would settle somebody else's. */
    Session session() {
        return consumer.session();
    }

    /** Whether the broker has lost the queue it came from, so that this is the only copy. */
    boolean isOrphan() {
        return consumer.isQueueLost();
    }

    boolean isSettled() {
        return settled;
    }

    void markSettled() {
        settled = true;
    }
}
