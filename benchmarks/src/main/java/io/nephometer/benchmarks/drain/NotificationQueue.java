// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.benchmarks.RecordedNotifications;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.RabbitMqOptions;
import io.nephometer.sources.notifications.RabbitMqReceiver;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The queue that is filled with recorded notifications and drained, as the collector sets it up with default settings. */
final class NotificationQueue {
    private static final Set<String> EXCHANGES = Set.of("nova", "glance", "neutron", "openstack", "keystone", "swift");
    private static final String NAME = "nephometer.notifications";
    private static final int CONNECT_LIMIT_S = 30;
    private static final int CONFIRM_EVERY = 1_000;
    private static final long CONFIRM_LIMIT_MS = 60_000;

    private final PrivateRabbitMq broker;

    NotificationQueue(PrivateRabbitMq broker) {
        this.broker = broker;
    }

    /** Makes the exchanges as the services do, and has the collector's receiver make its queue and bind it to them. */
    void declare() throws IOException, TimeoutException, InterruptedException {
        try (Connection connection = broker.connection("declare")) {
            Channel channel = connection.createChannel();
            for (String exchange : EXCHANGES) {
                channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, false, false, Map.of());
            }
        }
        InstantSource now = InstantSource.system();
        try (RabbitMqReceiver receiver =
                new RabbitMqReceiver(RabbitMqOptions.of("bench", url()), gap -> {}, now, Ticker.system())) {
            receiver.start();
            for (int attempt = 0; receiver.status().connections() == 0; attempt++) {
                if (attempt == CONNECT_LIMIT_S || receiver.receive(Duration.ofSeconds(1)) != null) {
                    throw new IllegalStateException("no empty queue after " + attempt + " s: " + receiver.health());
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
            channel.queuePurge(NAME);
            channel.confirmSelect();
            Publisher publisher = new Publisher(channel);
            fresh.limit(messages).forEach(publisher::publish);
            publisher.confirm();
            long waiting = channel.messageCount(NAME);
            if (waiting != messages) {
                throw new IllegalStateException(
                        "published " + messages + " messages, but queue " + NAME + " holds " + waiting);
            }
        }
    }

    /** How many messages wait. */
    long depth() throws IOException, TimeoutException {
        try (Connection connection = broker.connection("depth")) {
            return connection.createChannel().messageCount(NAME);
        }
    }

    int port() {
        return broker.port();
    }

    String url() {
        return "amqp://guest:guest@127.0.0.1:" + port() + "/%2F";
    }

    String name() {
        return NAME;
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
