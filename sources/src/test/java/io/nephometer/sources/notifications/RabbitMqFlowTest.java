// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of the bus is in our memory at one time. */
@Tag("server")
@Timeout(120)
class RabbitMqFlowTest {
    private static final PrivateRabbitMq RABBIT = new PrivateRabbitMq();
    private static final int LARGE = 5_000_000;
    private static final long BOUND = 32L << 20;
    private static final int SMALL_ONES = 1_200;

    @BeforeAll
    static void startServer() {
        RABBIT.start();
    }

    @AfterAll
    static void stopServer() {
        RABBIT.close();
    }

    private static void publishLarge(BusFixture bus, int from, int to) throws Exception {
        for (int number = from; number <= to; number++) {
            byte[] body = " ".repeat(LARGE).getBytes(StandardCharsets.US_ASCII);
            byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, body, 0, digits.length);
            bus.services().publish(new RawMessage(bus.exchange, "notifications.info", Map.of(), Bytes.wrap(body)));
        }
        bus.services().flush();
    }

    private static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery ->
                        Integer.valueOf(delivery.message().body().toText().strip()))
                .toList();
    }

    /** Takes as a worker does: some at a time, and settles them. */
    private static List<Integer> drain(RabbitMqReceiver receiver, int count) throws Exception {
        List<Integer> seen = new ArrayList<>();
        while (seen.size() < count) {
            List<Delivery> batch = BusFixture.take(receiver, Math.min(3, count - seen.size()));
            assertThat(receiver.status().heldBytes()).isPositive().isLessThanOrEqualTo(BOUND);
            seen.addAll(numbers(batch));
            receiver.acknowledge(batch);
        }
        return seen;
    }

    /** Each once. A quorum queue puts what was given back behind the others, a classic one to its old place. */
    private static void assertAll(List<Integer> seen, int from, int to, Intake.QueueType type) {
        assertThat(seen).containsExactlyInAnyOrderElementsOf(BusFixture.range(from, to));
        if (type == Intake.QueueType.CLASSIC) {
            assertThat(seen).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBacklogOfLargeMessagesNeverFillsTheMemory(Intake.QueueType type) throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "large-" + type)) {
            RabbitMqOptions options =
                    bus.options().withIntake(bus.intake(type, 1L << 30)).withMaxHeldBytes(BOUND);
            bus.startReady(options).close();
            publishLarge(bus, 1, 60);

            RabbitMqReceiver receiver = bus.startReady(options);

            assertAll(drain(receiver, 60), 1, 60, type);
            Await.until(() -> receiver.status().heldBytes() == 0);
            assertThat(receiver.status().received()).isEqualTo(60);
            bus.publish(61, 61);
            assertThat(BusFixture.numbers(BusFixture.take(receiver, 1))).containsExactly(61);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeMessagesAfterSmallOnesAreRefusedUntilThereIsRoomAndNoneIsLost(Intake.QueueType type) throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "mixed-" + type)) {
            RabbitMqReceiver receiver = bus.startReady(
                    bus.options().withIntake(bus.intake(type, 1L << 30)).withMaxHeldBytes(BOUND));
            bus.publish(1, 100);
            receiver.acknowledge(BusFixture.take(receiver, 100));

            publishLarge(bus, 101, 140);

            Await.until(() -> receiver.status().heldBytes() > BOUND - LARGE);
            assertThat(receiver.status().heldBytes()).isLessThanOrEqualTo(BOUND);
            assertAll(drain(receiver, 40), 101, 140, type);
            assertThat(bus.gaps).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void smallMessagesAreSentAheadUpToTheFullNumber(Intake.QueueType type) throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "small-" + type)) {
            RabbitMqReceiver receiver = bus.startReady(bus.options().withIntake(bus.intake(type, 1L << 30)));
            bus.publish(1, SMALL_ONES);

            int ahead = bus.options().prefetch() + Prefetch.FIRST;
            Await.until(() -> receiver.status().waiting() == ahead);
            assertThat(receiver.status().unsettled()).isEqualTo(ahead);

            List<Delivery> all = BusFixture.take(receiver, ahead);
            assertThat(BusFixture.numbers(all)).isEqualTo(BusFixture.range(1, all.size()));
            receiver.acknowledge(all);
            assertThat(BusFixture.numbers(BusFixture.take(receiver, SMALL_ONES - all.size())))
                    .isEqualTo(BusFixture.range(all.size() + 1, SMALL_ONES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHeldAtTheBoundIsGivenBackByAPause(Intake.QueueType type) throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "paused-" + type)) {
            RabbitMqReceiver receiver = bus.startReady(
                    bus.options().withIntake(bus.intake(type, 1L << 30)).withMaxHeldBytes(BOUND));
            publishLarge(bus, 1, 20);
            Await.until(() -> receiver.status().heldBytes() > BOUND - LARGE);

            receiver.pause();
            assertThat(receiver.status().unsettled()).isZero();
            receiver.resume();

            assertThat(drain(receiver, 20)).containsExactlyInAnyOrderElementsOf(BusFixture.range(1, 20));
        }
    }
}
