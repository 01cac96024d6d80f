// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.testkit.NotificationPublisher;
import io.nephometer.testkit.Recordings;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A recorded bus, replayed through a real one. */
@Tag("server")
class RabbitMqRecordingTest {
    @Test
    void recordedNotificationsArriveAsTheyWereRecorded() throws Exception {
        List<RawMessage> recorded;
        try (Stream<String> lines = Recordings.notifications("00-bootstrap")) {
            recorded = lines.map(NotificationPublisher::message).toList();
        }
        try (PrivateRabbitMq rabbit = new PrivateRabbitMq()) {
            rabbit.start();
            try (BusFixture bus = new BusFixture(rabbit, "recording")) {
                for (RawMessage message : recorded) {
                    bus.services().declareExchange(message.exchange());
                }
                Intake own = new Intake.OwnQueue(bus.queue, Intake.QueueType.CLASSIC, 1L << 30, bothTopics());
                RabbitMqReceiver receiver = bus.startReady(bus.options().withIntake(own));
                try (Stream<String> lines = Recordings.notifications("00-bootstrap")) {
                    for (String line : lines.toList()) {
                        bus.services().publishLine(line);
                    }
                }
                bus.services().flush();

                List<Delivery> taken = BusFixture.take(receiver, recorded.size());

                assertThat(taken).extracting(Delivery::message).containsExactlyElementsOf(recorded);
                receiver.acknowledge(taken);
            }
        }
    }

    /** Nova sent its versioned notifications too. */
    private static Subscription bothTopics() {
        Subscription usual = Subscription.defaults();
        return new Subscription(
                usual.exchanges(), List.of("notifications", "versioned_notifications"), usual.priorities());
    }
}
