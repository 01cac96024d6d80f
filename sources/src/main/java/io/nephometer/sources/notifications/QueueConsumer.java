// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes what one queue delivers to one session. The library calls it from one thread at a time. */
final class QueueConsumer extends DefaultConsumer {
    private final Session session;
    private final String queue;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    QueueConsumer(Session session, String queue) {
        super(session.intake());
        this.session = session;
        this.queue = queue;
    }

    Session session() {
        return session;
    }

    boolean isQueueLost() {
        return session.hasLost(queue);
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        RawMessage message = new RawMessage(
                envelope.getExchange(), envelope.getRoutingKey(), PropertiesJson.of(properties), Bytes.wrap(body));
        session.delivered(new RabbitMqDelivery(message, envelope.isRedeliver(), envelope.getDeliveryTag(), this));
    }

    /** The broker, not we, ended it: the queue was deleted, or the node that holds it is gone. */
    @Override
    public void handleCancel(String consumerTag) {
        session.lost(queue);
        session.end("the broker cancelled our consumer: queue " + queue + " is gone");
    }

    @Override
    public void handleCancelOk(String consumerTag) {
        cancelled.countDown();
    }

    /** Waits until nothing more can be delivered. */
    boolean awaitCancelled(Duration limit) throws InterruptedException {
        return cancelled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
