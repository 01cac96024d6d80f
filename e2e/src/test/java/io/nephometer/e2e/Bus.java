// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.model.RawMessage;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.util.List;

/** The services' side of a broker, and a look at our queue on it. */
final class Bus implements AutoCloseable {
    /** Looks, 10 ms apart. */
    private static final int ENOUGH = 20;

    private final NotificationPublisher publisher;
    private final Connection watching;
    private final Channel channel;

    /** Declares the services' exchanges. */
    Bus(PrivateRabbitMq broker) throws Exception {
        publisher = new NotificationPublisher(broker.connection("services"));
        for (String exchange : Manifest.EXCHANGES) {
            publisher.declareExchange(exchange);
        }
        watching = broker.connection("watching");
        channel = watching.createChannel();
    }

    /** Returns when the broker has them all. */
    void publish(List<RawMessage> messages) throws Exception {
        for (RawMessage message : messages) {
            publisher.publish(message);
        }
        publisher.flush();
    }

    /** How many messages wait in a queue; those that a consumer holds are not among them. */
    long waiting(String queue) throws Exception {
        return channel.messageCount(queue);
    }

    /** Returns when the queue is empty, all that the collector took is settled, and it has ended in order. */
    void drain(CollectorSetup setup, CollectorProcess collector) throws Exception {
        awaitEmpty(setup, collector);
        collector.stop();
        while (waiting(setup.queue()) > 0) {
            try (CollectorProcess next = CollectorProcess.start(setup)) {
                next.awaitConnected();
                awaitEmpty(setup, next);
                next.stop();
            }
        }
    }

    /**
     * Returns when the queue is empty and all that the collector took is settled. What is on its way from the one to the other is
     * seen in neither, so that this must be found several times running.
     */
    void awaitEmpty(CollectorSetup setup, CollectorProcess collector) {
        int[] found = {0};
        Await.until(setup.queue() + " is empty", collector::log, () -> {
            boolean empty = waiting(setup.queue()) == 0 && collector.metric("nephometer_rabbitmq_unsettled") == 0;
            found[0] = empty ? found[0] + 1 : 0;
            return found[0] >= ENOUGH;
        });
    }

    void delete(String queue) throws Exception {
        channel.queueDelete(queue);
    }

    @Override
    public void close() {
        publisher.close();
        watching.abort();
    }
}
