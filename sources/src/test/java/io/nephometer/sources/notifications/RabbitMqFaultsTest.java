// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static io.nephometer.sources.notifications.BusFixture.awaitUp;
import static io.nephometer.sources.notifications.BusFixture.numbers;
import static io.nephometer.sources.notifications.BusFixture.range;
import static io.nephometer.sources.notifications.BusFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Health;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to the intake when something happens to the broker. */
@Tag("server")
class RabbitMqFaultsTest {
    private static final PrivateRabbitMq RABBIT = new PrivateRabbitMq();
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    @BeforeAll
    static void startServer() {
        RABBIT.start();
    }

    @AfterAll
    static void stopServer() {
        RABBIT.close();
    }

    @Test
    void aRestartedBrokerKeepsOurMessagesAndTheTimeWithoutBindingsIsAGap() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "restarted")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());
            bus.publish(1, 100);
            List<Delivery> taken = take(receiver, 30);
            receiver.acknowledge(taken.subList(0, 10));

            RABBIT.restart();

            Gap open = bus.awaitGap(Gap.Kind.BROKER_RESTARTED, gap -> !gap.isClosed());
            assertThat(open.subject()).isEqualTo(bus.exchange);
            receiver.acknowledge(taken.subList(10, 30));
            List<Delivery> again = take(receiver, 90);
            assertThat(numbers(again)).isEqualTo(range(11, 100));
            assertThat(again.subList(0, 20)).allMatch(Delivery::redelivered);
            receiver.acknowledge(again);
            assertThat(receiver.health()).isInstanceOf(Health.Degraded.class);

            bus.reconnectServices();
            bus.services().declareExchange(bus.exchange);
            Gap closed = bus.awaitGap(Gap.Kind.BROKER_RESTARTED, Gap::isClosed);
            assertThat(closed.from()).isEqualTo(open.from());
            awaitUp(receiver);
            bus.publish(101, 110);
            assertThat(numbers(take(receiver, 10))).isEqualTo(range(101, 110));
        }
    }

    /** It may forget acknowledgements, so what was settled may come again. */
    @Test
    void aKilledBrokerGivesAgainAllThatWasNotSettled() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "killed")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());
            bus.publish(1, 100);
            List<Delivery> taken = take(receiver, 30);
            receiver.acknowledge(taken.subList(0, 10));

            RABBIT.kill();
            RABBIT.start();

            bus.awaitGap(Gap.Kind.BROKER_RESTARTED, gap -> !gap.isClosed());
            Set<Integer> seen = new HashSet<>();
            while (!seen.containsAll(range(11, 100))) {
                seen.addAll(numbers(take(receiver, 1)));
            }
            assertThat(range(1, 100)).containsAll(seen);
        }
    }

    @Test
    void aRestartBeforeOurStartIsAGapWithoutBeginning() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "away")) {
            bus.startReady(bus.options()).close();
            RABBIT.restart();
            bus.reconnectServices();
            bus.services().declareExchange(bus.exchange);

            bus.startReady(bus.options());

            Gap gap = bus.awaitGap(Gap.Kind.BROKER_RESTARTED, Gap::isClosed);
            assertThat(gap.from()).isNull();
        }
    }

    @Test
    void aBrokenConnectionIsNoGapAndWhatWasInHandComesAgain() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "broken")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());
            bus.publish(1, 20);
            List<Delivery> taken = take(receiver, 10);
            receiver.acknowledge(taken.subList(0, 5));

            bus.breakConnections("nephometer collector @ test");
            Await.until(() -> receiver.status().connections() == 2);
            receiver.acknowledge(taken.subList(5, 10));
            receiver.giveBack(taken.subList(5, 10));

            List<Delivery> again = take(receiver, 15);
            assertThat(numbers(again)).isEqualTo(range(6, 20));
            assertThat(again).allMatch(Delivery::redelivered);
            receiver.acknowledge(again);
            assertThat(bus.gaps).isEmpty();
        }
    }

    @Test
    void connectionsThatBreakWhilePausingAndResumingDoNotEndTheIntake() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "toggling")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());
            bus.publish(1, 50);
            AtomicBoolean done = new AtomicBoolean();
            Thread breaking = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 4; i++) {
                    bus.breakConnections("nephometer collector @ test");
                }
                done.set(true);
            });
            while (!done.get()) {
                receiver.pause();
                receiver.resume();
                receiver.giveBack(take(receiver, 1));
            }
            breaking.join();

            Set<Integer> seen = new HashSet<>();
            while (seen.size() < 50) {
                List<Delivery> next = take(receiver, 1);
                seen.addAll(numbers(next));
                receiver.acknowledge(next);
            }
            assertThat(receiver.status().connections()).isGreaterThan(1);
        }
    }

    @Test
    void aDeletedQueueIsMadeAgainAndWhatWeHoldOfItIsNotLost() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "deleted")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());
            bus.publish(1, 10);
            List<Delivery> taken = take(receiver, 3);
            Await.until(() -> receiver.status().waiting() == 7);

            try (Connection admin = RABBIT.connection("admin");
                    Channel channel = admin.createChannel()) {
                channel.queueDelete(bus.queue);
            }

            Gap gap = bus.awaitGap(Gap.Kind.QUEUE_DELETED, Gap::isClosed);
            assertThat(gap.subject()).isEqualTo(bus.queue);
            Await.until(() -> receiver.status().connections() == 2);
            receiver.giveBack(taken);
            assertThat(numbers(take(receiver, 10))).isEqualTo(range(1, 10));
            awaitUp(receiver);
            bus.publish(11, 12);
            assertThat(numbers(take(receiver, 2))).isEqualTo(range(11, 12));
        }
    }

    @Test
    void anExchangeThatVanishesIsBoundWhenItReturnsAndTheTimeBetweenIsAGap() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "vanished")) {
            RabbitMqReceiver receiver = bus.startReady(bus.options());

            bus.services().deleteExchange(bus.exchange);
            Gap open = bus.awaitGap(Gap.Kind.EXCHANGE_UNBOUND, gap -> !gap.isClosed());
            Await.until(() -> receiver.health() instanceof Health.Degraded);
            assertThat(receiver.health().detail()).contains(bus.exchange);

            bus.services().declareExchange(bus.exchange);
            Gap closed = bus.awaitGap(Gap.Kind.EXCHANGE_UNBOUND, Gap::isClosed);
            assertThat(closed.from()).isNotNull().isEqualTo(open.from());
            assertThat(closed.to()).isAfter(closed.from());
            awaitUp(receiver);
            bus.publish(1, 3);
            assertThat(numbers(take(receiver, 3))).isEqualTo(range(1, 3));
            assertThat(receiver.status().connections()).isEqualTo(1);
        }
    }

    @Test
    void anExchangeThatAppearsLateIsBoundAndNeverMadeByUs() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "late")) {
            bus.services().deleteExchange(bus.exchange);
            RabbitMqReceiver receiver = bus.start(bus.options());
            Await.until(() -> receiver.status().connections() == 1);
            assertThat(receiver.health()).isInstanceOf(Health.Degraded.class);

            bus.services().declareExchange(bus.exchange);
            awaitUp(receiver);
            bus.publish(1, 1);

            assertThat(numbers(take(receiver, 1))).containsExactly(1);
            assertThat(RABBIT.control("list_exchanges", "name", "durable", "type"))
                    .contains(bus.exchange + "\tfalse\ttopic");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void overflowBlocksNobodyAndEachLostMessageIsCounted(Intake.QueueType type) throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "overflow-" + type)) {
            int published = 300;
            byte[] body = new byte[10_000];
            RabbitMqReceiver receiver = bus.startReady(bus.options().withIntake(bus.intake(type, 500_000)));
            receiver.pause();

            for (int i = 0; i < published; i++) {
                bus.services()
                        .publish(new RawMessage(bus.exchange, "notifications.info", Map.of(), Bytes.copyOf(body)));
            }
            bus.services().flush(); // the broker took them all

            Gap gap = bus.awaitGap(Gap.Kind.OVERFLOW, Gap::isClosed);
            assertThat(receiver.status().overflowed()).isPositive().isLessThan(published);
            assertThat(gap.subject()).isEqualTo(bus.queue);
            assertThat(gap.atLeast()).isFalse();
            assertThat(gap.from()).isNotNull().isBeforeOrEqualTo(Objects.requireNonNull(gap.to()));

            receiver.resume();
            List<Delivery> kept = new ArrayList<>();
            // A busy broker drops some later than others; each message is handed out or counted, none is both.
            while (kept.size() + receiver.status().overflowed() < published) {
                Delivery next = receiver.receive(AT_ONCE);
                if (next != null) {
                    kept.add(next);
                }
            }
            receiver.acknowledge(kept);
            assertThat(receiver.receive(AT_ONCE)).isNull();
            assertThat(kept.size() + receiver.status().overflowed()).isEqualTo(published);
        }
    }

    @Test
    void aFillingQueueIsToldBeforeItOverflows() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "filling")) {
            RabbitMqReceiver receiver =
                    bus.startReady(bus.options().withIntake(bus.intake(Intake.QueueType.CLASSIC, 1_000)));
            bus.publish(1000, 1000);
            receiver.acknowledge(take(receiver, 1)); // now it knows that messages have 4 bytes
            receiver.pause();

            bus.publish(1001, 1220);

            Await.until(() -> receiver.health() instanceof Health.Degraded);
            assertThat(receiver.health().detail()).contains("88 % full");
            receiver.resume();
            receiver.acknowledge(take(receiver, 220));
            awaitUp(receiver);
            assertThat(bus.gaps).isEmpty();
        }
    }

    @Test
    void ofTwoReceiversOneMayDie() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "pair")) {
            RabbitMqOptions small = bus.options().withPrefetch(20);
            RabbitMqReceiver dying = bus.startReady(small);
            RabbitMqReceiver living = bus.startReady(small);
            bus.publish(1, 200);
            List<Delivery> inHand = take(dying, 5);

            dying.close();

            Set<Integer> seen = new HashSet<>();
            List<Delivery> all = new ArrayList<>();
            while (seen.size() < 200) {
                List<Delivery> next = take(living, 1);
                seen.addAll(numbers(next));
                all.addAll(next);
                living.acknowledge(next);
            }
            assertThat(all).hasSize(200);
            assertThat(seen).containsAll(numbers(inHand));
        }
    }

    @Test
    void aQuorumQueueNeverDropsWhatIsGivenBackOften() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "quorum")) {
            RabbitMqReceiver receiver =
                    bus.startReady(bus.options().withIntake(bus.intake(Intake.QueueType.QUORUM, 1L << 30)));
            bus.publish(1, 1);
            for (int i = 0; i < 50; i++) {
                receiver.giveBack(take(receiver, 1));
            }
            List<Delivery> still = take(receiver, 1);
            assertThat(numbers(still)).containsExactly(1);
            receiver.acknowledge(still);
        }
    }

    @Test
    void aQueueWithOtherArgumentsIsUsedAsItIs() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "arguments")) {
            bus.startReady(bus.options()).close();

            RabbitMqReceiver receiver =
                    bus.start(bus.options().withIntake(bus.intake(Intake.QueueType.CLASSIC, 123_456)));

            Await.until(() -> receiver.status().connections() == 1);
            assertThat(receiver.health().detail()).contains("other arguments");
            bus.publish(1, 1);
            assertThat(numbers(take(receiver, 1))).containsExactly(1);
        }
    }

    @Test
    void anExistingQueueIsAwaitedAdoptedAndNeverChanged() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "existing");
                Connection service = RABBIT.connection("service");
                Channel channel = service.createChannel()) {
            RabbitMqOptions options = bus.options().withIntake(new Intake.ExistingQueues(List.of("existing.info")));
            RabbitMqReceiver receiver = bus.start(options);
            Await.until(() -> receiver.health().detail().contains("existing.info"));
            assertThat(receiver.health()).isInstanceOf(Health.Down.class);

            channel.queueDeclare("existing.info", false, false, false, Map.of());
            channel.queueBind("existing.info", bus.exchange, "notifications.info");
            awaitUp(receiver);
            bus.publish(1, 2);

            assertThat(numbers(take(receiver, 2))).isEqualTo(range(1, 2));
            // Declared again as the service would: nothing of it has changed.
            channel.queueDeclare("existing.info", false, false, false, Map.of());
            assertThat(RABBIT.control("list_exchanges", "name")).doesNotContain("existing.info");
        }
    }
}
