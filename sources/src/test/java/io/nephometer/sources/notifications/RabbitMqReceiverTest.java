// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Ticker;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.ReceiverContract;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** On classic queues; on quorum queues see the subclass. */
@Tag("server")
class RabbitMqReceiverTest extends ReceiverContract {
    private static final PrivateRabbitMq RABBIT = new PrivateRabbitMq();
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private final String queue = "nephometer.contract" + QUEUES.incrementAndGet();
    private NotificationPublisher publisher;

    @BeforeAll
    static void startServer() {
        RABBIT.start();
    }

    @AfterAll
    static void stopServer() {
        RABBIT.close();
    }

    @BeforeEach
    void createExchange() throws Exception {
        publisher = new NotificationPublisher(RABBIT.connection("services"));
        publisher.declareExchange("nova");
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    Intake.QueueType type() {
        return Intake.QueueType.CLASSIC;
    }

    @Override
    protected Receiver receiver() {
        Subscription nova = new Subscription(List.of("nova"), List.of("notifications"), List.of("info"));
        RabbitMqOptions options =
                RabbitMqOptions.of("test", RABBIT.url()).withIntake(new Intake.OwnQueue(queue, type(), 1L << 30, nova));
        return new RabbitMqReceiver(options, gap -> {}, Instant::now, Ticker.system());
    }

    @Override
    protected void awaitReady(Receiver started) {
        Await.until(() -> ((RabbitMqReceiver) started).status().connections() > 0);
    }

    @Override
    protected void publish(List<RawMessage> messages) throws Exception {
        for (RawMessage message : messages) {
            publisher.publish(message);
        }
        publisher.flush();
    }
}
