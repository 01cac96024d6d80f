// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One queue on one broker, with the services' side of it and what receivers told about it. */
final class BusFixture implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);

    final PrivateRabbitMq rabbit;
    final String exchange;
    final String queue;
    /** All that was told, in order; a gap appears as often as it was told. */
    final List<Gap> gaps = new CopyOnWriteArrayList<>();

    private final List<RabbitMqReceiver> receivers = new ArrayList<>();
    private NotificationPublisher services;

    BusFixture(PrivateRabbitMq rabbit, String name) throws Exception {
        this.rabbit = rabbit;
        this.exchange = name + "-service";
        this.queue = "nephometer." + name;
        this.services = new NotificationPublisher(rabbit.connection("services"));
        services.declareExchange(exchange);
    }

    NotificationPublisher services() {
        return services;
    }

    /** The services connect anew, after the broker was away. */
    void reconnectServices() throws Exception {
        services.close();
        services = new NotificationPublisher(rabbit.connection("services"));
    }

    /** Looks often, and waits briefly. */
    static LinkTiming impatient() {
        LinkTiming usual = LinkTiming.defaults();
        return new LinkTiming(
                usual.heartbeat(),
                usual.connect(),
                usual.answer(),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                Duration.ofMillis(200));
    }

    Intake.OwnQueue intake(Intake.QueueType type, long maxBytes) {
        Subscription subscription =
                new Subscription(List.of(exchange), List.of("notifications"), List.of("info", "error"));
        return new Intake.OwnQueue(queue, type, maxBytes, subscription);
    }

    RabbitMqOptions options() {
        return RabbitMqOptions.of("test", rabbit.url())
                .withTiming(impatient())
                .withIntake(intake(Intake.QueueType.CLASSIC, 1L << 30));
    }

    RabbitMqReceiver start(RabbitMqOptions options) {
        return start(options, Optional::empty);
    }

    RabbitMqReceiver start(RabbitMqOptions options, Supplier<Optional<Boolean>> knownBefore) {
        RabbitMqReceiver receiver =
                new RabbitMqReceiver(options, gaps::add, Instant::now, Ticker.system(), knownBefore);
        receivers.add(receiver);
        receiver.start();
        return receiver;
    }

    RabbitMqReceiver startReady(RabbitMqOptions options) {
        RabbitMqReceiver receiver = start(options);
        awaitUp(receiver);
        return receiver;
    }

    static void awaitUp(RabbitMqReceiver receiver) {
        Await.until(() -> receiver.health() instanceof Health.Up);
    }

    /** Publishes messages with these numbers as bodies and returns when the broker has them. */
    void publish(int from, int to) throws Exception {
        for (int number : IntStream.rangeClosed(from, to).toArray()) {
            services.publish(
                    new RawMessage(exchange, "notifications.info", Map.of(), Bytes.utf8(Integer.toString(number))));
        }
        services.flush();
    }

    static List<Delivery> take(RabbitMqReceiver receiver, int count) throws InterruptedException {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < count) {
            Delivery delivery = receiver.receive(LONG);
            assertThat(delivery).as("message %d of %d", taken.size() + 1, count).isNotNull();
            if (delivery != null) {
                taken.add(delivery);
            }
        }
        return taken;
    }

    static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.valueOf(delivery.message().body().toText()))
                .toList();
    }

    static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    /** Waits until a gap of this kind is told that fits, and returns it. */
    Gap awaitGap(Gap.Kind kind, Predicate<Gap> which) {
        Predicate<Gap> fits = gap -> gap.kind() == kind && which.test(gap);
        try {
            Await.until(() -> gaps.stream().anyMatch(fits));
        } catch (AssertionError e) {
            List<Health> states =
                    receivers.stream().map(RabbitMqReceiver::health).toList();
            throw new AssertionError(
                    "no gap of %s that fits; told were %s, receivers say %s".formatted(kind, gaps, states), e);
        }
        return gaps.stream().filter(fits).findFirst().orElseThrow();
    }

    /** Has the broker close the connections of that name, as an administrator might. */
    void breakConnections(String name) {
        rabbit.control("list_connections", "pid", "client_properties")
                .lines()
                .filter(line -> line.contains("{\"connection_name\",\"" + name + "\"}"))
                .forEach(line -> rabbit.control("close_connection", line.substring(0, line.indexOf('\t')), "test"));
    }

    @Override
    public void close() {
        receivers.forEach(RabbitMqReceiver::close);
        services.close();
    }
}
