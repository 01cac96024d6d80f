// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nephometer.sources.notifications.RabbitMqReceiver;
import io.nephometer.sources.notifications.RabbitMqStatus;
import java.util.function.ToDoubleFunction;

/** The figures of a receiver, read when somebody asks for them. */
final class ReceiverMetrics {
    private ReceiverMetrics() {}

    static void bind(MeterRegistry registry, String worker, RabbitMqReceiver receiver) {
        Tags tags = Tags.of("source", receiver.name(), "worker", worker);
        counter(registry, "nephometer.rabbitmq.received", tags, receiver, RabbitMqStatus::received);
        counter(registry, "nephometer.rabbitmq.redelivered", tags, receiver, RabbitMqStatus::redelivered);
        counter(registry, "nephometer.rabbitmq.overflowed", tags, receiver, RabbitMqStatus::overflowed);
        counter(registry, "nephometer.rabbitmq.connections", tags, receiver, RabbitMqStatus::connections);
        gauge(registry, "nephometer.rabbitmq.waiting", tags, receiver, RabbitMqStatus::waiting);
        gauge(registry, "nephometer.rabbitmq.unsettled", tags, receiver, RabbitMqStatus::unsettled);
        gauge(registry, "nephometer.rabbitmq.depth", tags, receiver, RabbitMqStatus::depth);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            Tags tags,
            RabbitMqReceiver receiver,
            ToDoubleFunction<RabbitMqStatus> figure) {
        FunctionCounter.builder(name, receiver, r -> figure.applyAsDouble(r.status()))
                .tags(tags)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            Tags tags,
            RabbitMqReceiver receiver,
            ToDoubleFunction<RabbitMqStatus> figure) {
        Gauge.builder(name, receiver, r -> figure.applyAsDouble(r.status()))
                .tags(tags)
                .register(registry);
    }
}
