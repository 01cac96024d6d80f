// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our own queue is not there when we start. */
@Tag("server")
class RabbitMqQueueMissingTest {
    private static final PrivateRabbitMq RABBIT = new PrivateRabbitMq();

    @BeforeAll
    static void startServer() {
        RABBIT.start();
    }

    @AfterAll
    static void stopServer() {
        RABBIT.close();
    }

    @Test
    void deletedWhileNoCollectorRanItIsAGapWithoutBeginning() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "deleted-away")) {
            bus.startReady(bus.options()).close();
            bus.publish(1, 3);
            try (Connection admin = RABBIT.connection("admin");
                    Channel channel = admin.createChannel()) {
                channel.queueDelete(bus.queue);
            }
            AtomicInteger asked = new AtomicInteger();

            // The ledger does not answer at first.
            bus.start(bus.options(), () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of(true));

            Gap gap = bus.awaitGap(Gap.Kind.QUEUE_DELETED, Gap::isClosed);
            assertThat(gap.subject()).isEqualTo(bus.queue);
            assertThat(gap.from()).isNull();
            assertThat(gap.lost()).isNull();
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void atTheFirstStartItIsNone() throws Exception {
        try (BusFixture bus = new BusFixture(RABBIT, "first-start")) {
            AtomicInteger asked = new AtomicInteger();
            RabbitMqReceiver receiver = bus.start(bus.options(), () -> {
                asked.incrementAndGet();
                return Optional.of(false);
            });
            BusFixture.awaitUp(receiver);
            bus.publish(1, 1);
            BusFixture.take(receiver, 1);
            assertThat(asked).hasValue(1);
            assertThat(bus.gaps).isEmpty();
        }
    }
}
