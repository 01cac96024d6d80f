// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes notifications as OpenStack's services do: to topic exchanges that are not durable and that the publisher declares,
 * with delivery mode 2, without the mandatory flag. {@link #flush} waits until the broker has all of them, which the services
 * do not. For one thread.
 */
public final class NotificationPublisher implements AutoCloseable {
    private static final long FLUSH_LIMIT_MILLIS = 60_000;

    private final Connection connection;
    private final Channel channel;
    private final Set<String> declared = new HashSet<>();
    private long published;

    /** @param connection owned from here on */
    public NotificationPublisher(Connection connection) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** Declares a service's exchange; {@link #publish} does it by itself. */
    public void declareExchange(String exchange) throws IOException {
        if (declared.add(exchange)) {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, false, false, Map.of());
        }
    }

    /** Deletes a service's exchange with all bindings to it, as an operator might. */
    public void deleteExchange(String exchange) throws IOException {
        channel.exchangeDelete(exchange);
        declared.remove(exchange);
    }

    /** Publishes one message to its exchange, which is declared if need be. */
    public void publish(RawMessage message) throws IOException {
        declareExchange(message.exchange());
        channel.basicPublish(
                message.exchange(),
                message.routingKey(),
                properties(message.properties()),
                message.body().unsafeArray());
        published++;
    }

    /** Publishes a recorded line {@code {"exchange","routing_key","properties","body"}}, its body as text. */
    public void publishLine(String line) throws IOException {
        publish(message(line));
    }

    /** The message that a recorded line describes. */
    public static RawMessage message(String line) {
        Map<?, ?> capture = object(line);
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (capture.get("properties") instanceof Map<?, ?> recorded) {
            recorded.forEach((name, value) -> properties.put(String.valueOf(name), value));
        }
        return new RawMessage(
                String.valueOf(capture.get("exchange")),
                String.valueOf(capture.get("routing_key")),
                properties,
                Bytes.utf8(String.valueOf(capture.get("body"))));
    }

    private static Map<?, ?> object(String line) {
        try {
            if (Json.parse(Bytes.utf8(line).toArray()) instanceof Map<?, ?> object) {
                return object;
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("not a recorded line: " + line, e);
        }
        throw new IllegalArgumentException("a recorded line is an object: " + line);
    }

    private static AMQP.BasicProperties properties(Map<String, @Nullable Object> json) {
        AMQP.BasicProperties.Builder builder = new AMQP.BasicProperties.Builder()
                .contentType(json.get("content_type") instanceof String type ? type : "application/json")
                .contentEncoding(json.get("content_encoding") instanceof String encoding ? encoding : "utf-8")
                .deliveryMode(json.get("delivery_mode") instanceof Number mode ? mode.intValue() : 2)
                .priority(json.get("priority") instanceof Number priority ? priority.intValue() : 0);
        Map<String, Object> headers = new LinkedHashMap<>();
        if (json.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), value));
        }
        return builder.headers(headers).build();
    }

    /** How many messages were published. */
    public long published() {
        return published;
    }

    /** Returns when the broker has everything that was published. */
    public void flush() throws IOException, InterruptedException, TimeoutException {
        channel.waitForConfirmsOrDie(FLUSH_LIMIT_MILLIS);
    }

    @Override
    public void close() {
        connection.abort();
    }
}
