// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.Broker;
import io.nephometer.sources.notifications.LinkTiming;
import io.nephometer.sources.polling.bus.CarrierOptions.AbsentExchange;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class RabbitMqCarrierTest {
    private static final PrivateRabbitMq RABBIT = new PrivateRabbitMq();
    private static final String KEY = "notifications.sample";

    @BeforeAll
    static void start() {
        RABBIT.start();
    }

    @AfterAll
    static void stop() {
        RABBIT.close();
    }

    private static CarrierOptions options(String exchange) {
        LinkTiming usual = LinkTiming.defaults();
        LinkTiming impatient = new LinkTiming(
                usual.heartbeat(),
                Duration.ofSeconds(5),
                usual.answer(),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                usual.check(),
                usual.absentMost());
        return CarrierOptions.of("test", Broker.parse(RABBIT.url()))
                .withExchange(exchange, AbsentExchange.MAKE_TRANSIENT)
                .withTiming(impatient);
    }

    private static RabbitMqCarrier carrier(CarrierOptions options) {
        return new RabbitMqCarrier(options, Ticker.system(), BusObserver.none());
    }

    private static List<PollingMessage> messages(int from, int to) {
        Slot slot = new Slot("s", Duration.ofMinutes(1), Instant.parse("2026-11-22T10:00:00Z"));
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> new PollingMessage("id-" + number, slot, "cmp1", 1, "body " + number + " é"))
                .toList();
    }

    /** Binds a durable queue to the exchange, which is made if it is absent. */
    private static void bind(String exchange, boolean durable) throws Exception {
        try (Connection connection = RABBIT.connection("reader");
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, durable);
            channel.queueDeclare(exchange, true, false, false, Map.of());
            channel.queueBind(exchange, exchange, KEY);
        }
    }

    private static List<String> bodies(String queue) throws Exception {
        List<String> bodies = new ArrayList<>();
        try (Connection connection = RABBIT.connection("reader");
                Channel channel = connection.createChannel()) {
            for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                bodies.add(new String(got.getBody(), StandardCharsets.UTF_8));
                assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
                assertThat(got.getProps().getContentType()).isEqualTo("application/json");
                assertThat(got.getEnvelope().getRoutingKey()).isEqualTo(KEY);
            }
        }
        return bodies;
    }

    private static List<String> texts(int from, int to) {
        return messages(from, to).stream().map(PollingMessage::body).toList();
    }

    private static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static Trouble troubleOf(RabbitMqCarrier carrier) throws InterruptedException {
        CarryReport report = carrier.carry(messages(0, 0));
        return report.trouble() == null ? Trouble.REFUSED : report.trouble();
    }

    @Test
    void whatIsConfirmedIsInTheQueueInItsOrder() throws Exception {
        bind("plain", false);
        try (RabbitMqCarrier carrier = carrier(options("plain"))) {
            assertThat(carrier.carry(messages(1, 50)).isDelivered()).isTrue();
            assertThat(carrier.carry(messages(51, 60)).isDelivered()).isTrue();
            assertThat(carrier.health()).isInstanceOf(Health.Up.class);
        }
        assertThat(bodies("plain")).isEqualTo(texts(1, 60));
    }

    @Test
    void withoutAQueueNothingIsDelivered() throws Exception {
        try (RabbitMqCarrier carrier = carrier(options("unbound"))) {
            CarryReport report = carrier.carry(messages(1, 3));

            assertThat(report.trouble()).isEqualTo(Trouble.UNROUTABLE);
            assertThat(report.undelivered()).isEqualTo(messages(1, 3));
            bind("unbound", false);
            assertThat(carrier.carry(messages(4, 5)).isDelivered()).isTrue();
        }
        assertThat(bodies("unbound")).isEqualTo(texts(4, 5));
    }

    @Test
    void anExchangeWithOtherFlagsIsUsedAsItIs() throws Exception {
        bind("durable", true);
        try (RabbitMqCarrier carrier = carrier(options("durable"))) {
            assertThat(carrier.carry(messages(1, 1)).isDelivered()).isTrue();
        }
        assertThat(bodies("durable")).isEqualTo(texts(1, 1));
    }

    @Test
    void anAbsentExchangeIsWaitedForIfItMayNotBeMade() throws Exception {
        try (RabbitMqCarrier carrier = carrier(options("absent").withExchange("absent", AbsentExchange.WAIT))) {
            assertThat(troubleOf(carrier)).isEqualTo(Trouble.NO_EXCHANGE);
            bind("absent", false);
            assertThat(carrier.carry(messages(1, 1)).isDelivered()).isTrue();
        }
    }

    @Test
    void anExchangeThatVanishesIsMadeAgain() throws Exception {
        bind("vanishing", false);
        try (RabbitMqCarrier carrier = carrier(options("vanishing"))) {
            assertThat(carrier.carry(messages(1, 1)).isDelivered()).isTrue();
            try (Connection connection = RABBIT.connection("admin");
                    Channel channel = connection.createChannel()) {
                channel.exchangeDelete("vanishing");
            }
            assertThat(troubleOf(carrier)).isEqualTo(Trouble.NO_EXCHANGE);
            assertThat(troubleOf(carrier)).isEqualTo(Trouble.UNROUTABLE);
        }
    }

    @Test
    void aBrokerThatRestartsIsFoundAgainAndNothingConfirmedIsLost() throws Exception {
        bind("restarted", true);
        try (RabbitMqCarrier carrier = carrier(options("restarted"))) {
            assertThat(carrier.carry(messages(1, 5)).isDelivered()).isTrue();
            RABBIT.stop();
            assertThat(troubleOf(carrier)).isEqualTo(Trouble.UNREACHABLE);
            assertThat(carrier.health()).isInstanceOf(Health.Degraded.class);
            RABBIT.start();
            until(() -> isDelivered(carrier));
        }
        assertThat(bodies("restarted")).isEqualTo(texts(1, 6));
    }

    private static boolean isDelivered(RabbitMqCarrier carrier) {
        try {
            return carrier.carry(messages(6, 6)).isDelivered();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBlockedBrokerIsToldAndDoesNotHoldUpTheNext() throws Exception {
        bind("blocked", false);
        CarrierOptions options = options("blocked").withConfirmation(Duration.ofSeconds(2));
        try (RabbitMqCarrier carrier = carrier(options)) {
            assertThat(carrier.carry(messages(1, 1)).isDelivered()).isTrue();
            RABBIT.control("set_vm_memory_high_watermark", "0.000001");
            try {
                until(() -> !isDelivered(carrier));
                assertThat(troubleOf(carrier)).isEqualTo(Trouble.BLOCKED);
            } finally {
                RABBIT.control("set_vm_memory_high_watermark", "0.6");
            }
            until(() -> isDelivered(carrier));
        }
    }

    @Test
    void whatTheLibraryCannotSendIsReportedAndDoesNotSpoilTheNext() throws Exception {
        bind("lengthy", false);
        CarrierOptions lengthy = options("lengthy").withRoutingKey("k".repeat(300));
        try (RabbitMqCarrier carrier = carrier(lengthy)) {
            CarryReport report = carrier.carry(messages(1, 2));

            assertThat(report.trouble()).isEqualTo(Trouble.FAILED);
            assertThat(report.undelivered()).isEqualTo(messages(1, 2));
            assertThat(report.detail()).contains("kkkk");
            assertThat(carrier.health()).isInstanceOf(Health.Degraded.class);
            assertThat(troubleOf(carrier)).isEqualTo(Trouble.FAILED);
        }
    }

    @Test
    void severalThreadsShareTheConnection() throws Exception {
        bind("shared", false);
        List<Boolean> delivered = Collections.synchronizedList(new ArrayList<>());
        try (RabbitMqCarrier carrier = carrier(options("shared"))) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(number -> Thread.ofVirtual().start(() -> {
                        try {
                            delivered.add(carrier.carry(messages(number * 100, number * 100 + 99))
                                    .isDelivered());
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(delivered).containsExactly(true, true, true, true);
        assertThat(bodies("shared")).hasSize(400).doesNotHaveDuplicates();
    }
}
