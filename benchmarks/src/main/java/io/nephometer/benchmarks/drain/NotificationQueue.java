// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.benchmarks.RecordedNotifications;
import io.nephometer.model.RawMessage;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The queue that is filled with recorded notifications and drained, as the services and the collector set it up. */
final class NotificationQueue {
    private static final Set<String> EXCHANGES = Set.of("nova", "glance", "neutron", "openstack", "keystone", "swift");
    private static final Set<String> ROUTING_KEYS =
            Set.of("notifications.info", "notifications.error", "notifications.sample", "notifications.warn");
    private static final int CONFIRM_EVERY = 1_000;
    private static final long CONFIRM_LIMIT_MS = 60_000;

    private final PrivateRabbitMq broker;
    private final String name;

    NotificationQueue(PrivateRabbitMq broker, String name) {
        this.broker = broker;
        this.name = name;
    }

    /** Makes the exchanges as the services do, and a durable queue bound to them. */
    void declare() throws IOException, TimeoutException {
        try (Connection connection = broker.connection("declare")) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(name, true, false, false, Map.of());
            for (String exchange : EXCHANGES) {
                channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, false, false, Map.of());
                for (String routingKey : ROUTING_KEYS) {
                    channel.queueBind(name, exchange, routingKey);
                }
            }
        }
    }

    /**
     * Publishes {@code messages} recorded notifications under fresh ids, persistent and confirmed.
     *
     * @throws IllegalStateException if the queue does not hold exactly these afterwards
     */
    void fill(int messages) throws IOException, TimeoutException {
        try (Connection connection = broker.connection("fill");
                Stream<RawMessage> fresh = RecordedNotifications.fresh()) {
            Channel channel = connection.createChannel();
            channel.queuePurge(name);
            channel.confirmSelect();
            Publisher publisher = new Publisher(channel);
            fresh.limit(messages).forEach(publisher::publish);
            publisher.confirm();
            long waiting = channel.messageCount(name);
            if (waiting != messages) {
                throw new IllegalStateException(
                        "published " + messages + " messages, but queue " + name + " holds " + waiting);
            }
        }
    }

    /** How many messages wait. */
    long depth() throws IOException, TimeoutException {
        try (Connection connection = broker.connection("depth")) {
            return connection.createChannel().messageCount(name);
        }
    }

    int port() {
        return broker.port();
    }

    String name() {
        return name;
    }

    /** Publishes and waits for the broker's word now and then. */
    private static final class Publisher {
        private final Channel channel;
        private int unconfirmed;

        Publisher(Channel channel) {
            this.channel = channel;
        }

        void publish(RawMessage message) {
            try {
                channel.basicPublish(
                        message.exchange(),
                        message.routingKey(),
                        true,
                        properties(message),
                        message.body().unsafeArray());
                if (++unconfirmed >= CONFIRM_EVERY) {
                    confirm();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void confirm() throws IOException {
            try {
                channel.waitForConfirmsOrDie(CONFIRM_LIMIT_MS);
                unconfirmed = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while filling the queue", e);
            } catch (TimeoutException e) {
                throw new IllegalStateException("the broker confirmed nothing for " + CONFIRM_LIMIT_MS + " ms", e);
            }
        }

        private static AMQP.BasicProperties properties(RawMessage message) {
            return new AMQP.BasicProperties.Builder()
                    .contentType(text(message, "content_type"))
                    .contentEncoding(text(message, "content_encoding"))
                    .headers(new HashMap<>())
                    .deliveryMode(2)
                    .priority(0)
                    .build();
        }

        private static String text(RawMessage message, String property) {
            return message.properties().get(property) instanceof String text ? text : "";
        }
    }
}
