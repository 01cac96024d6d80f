// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.nephometer.model.RawMessage;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Services that go on whatever happens to the broker, and know afterwards what the broker did with each message. One thread
 * runs it; {@link #answered} may be asked by any.
 */
final class RoutedPublisher implements Runnable {
    private static final AMQP.BasicProperties DURABLE = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .contentEncoding("utf-8")
            .deliveryMode(2)
            .build();

    private static final Duration PACE = Duration.ofMillis(20);

    /** What the broker did with a message. */
    enum Fate {
        /** It is in a queue, durably. */
        ROUTED,
        /** No queue was bound. */
        UNROUTED,
        /** The connection broke before the broker answered. */
        UNKNOWN
    }

    /** A message with when it was sent. */
    record Sent(RawMessage message, Instant at, Fate fate) {}

    private final PrivateRabbitMq broker;
    private final List<RawMessage> messages;
    private final List<Sent> sent = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private @Nullable Connection connection;
    private @Nullable Channel channel;
    private final AtomicBoolean returned = new AtomicBoolean();

    RoutedPublisher(PrivateRabbitMq broker, List<RawMessage> messages) {
        this.broker = broker;
        this.messages = messages;
    }

    /** How many messages have a fate by now. */
    int answered() {
        return answered.get();
    }

    /** What became of all messages; after the end of {@link #run}. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public void run() {
        for (RawMessage message : messages) {
            Channel open = channel();
            Instant at = Instant.now();
            Fate fate = publish(open, message);
            sent.add(new Sent(message, at, fate));
            answered.incrementAndGet();
            if (fate == Fate.UNROUTED) {
                // So that there are messages left for the time when somebody is bound again.
                LockSupport.parkNanos(PACE.toNanos());
            }
        }
        disconnect();
    }

    private Fate publish(Channel open, RawMessage message) {
        returned.set(false);
        try {
            open.basicPublish(
                    message.exchange(),
                    message.routingKey(),
                    true,
                    DURABLE,
                    message.body().toArray());
            open.waitForConfirmsOrDie(Await.LIMIT.toMillis());
            return returned.get() ? Fate.UNROUTED : Fate.ROUTED;
        } catch (IOException | ShutdownSignalException | TimeoutException e) {
            disconnect();
            return Fate.UNKNOWN;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the services", e);
        }
    }

    /** An open channel; waits for the broker, and declares the exchanges anew, as services do. */
    private Channel channel() {
        Channel open = channel;
        if (open != null && open.isOpen()) {
            return open;
        }
        while (true) {
            try {
                Connection fresh = broker.connection("services");
                connection = fresh;
                Channel declared = fresh.createChannel();
                for (String exchange : Manifest.EXCHANGES) {
                    declared.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, false, false, Map.of());
                }
                declared.confirmSelect();
                declared.addReturnListener(_ -> returned.set(true));
                channel = declared;
                return declared;
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                disconnect();
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private void disconnect() {
        channel = null;
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.abort();
        }
    }
}
