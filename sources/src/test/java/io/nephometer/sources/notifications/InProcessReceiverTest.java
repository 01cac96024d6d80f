// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import io.nephometer.testkit.ReceiverContract;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InProcessReceiverTest extends ReceiverContract {
    private final InProcessBus bus = new InProcessBus(1_000);

    @Override
    protected Receiver receiver() {
        return new InProcessReceiver(bus);
    }

    @Override
    protected void awaitReady(Receiver started) {}

    @Override
    protected void publish(List<RawMessage> messages) throws InterruptedException {
        for (RawMessage message : messages) {
            assertThat(bus.publish(message, Duration.ZERO)).isTrue();
        }
    }

    @Test
    void aFullBusTakesNothingUntilSomethingIsAcknowledged() throws Exception {
        InProcessBus small = new InProcessBus(1);
        RawMessage message = RawMessage.ofBody(Bytes.utf8("{}"));
        try (Receiver receiver = new InProcessReceiver(small)) {
            receiver.start();
            assertThat(small.publish(message, Duration.ZERO)).isTrue();
            assertThat(small.publish(message, Duration.ZERO)).isFalse();

            Delivery held = Objects.requireNonNull(receiver.receive(Duration.ZERO));
            assertThat(small.publish(message, Duration.ZERO)).isFalse();

            receiver.acknowledge(List.of(held));
            assertThat(small.publish(message, Duration.ZERO)).isTrue();
            assertThat(small.depth()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsHandedOutBeforeTheStart() throws Exception {
        bus.publish(RawMessage.ofBody(Bytes.utf8("{}")), Duration.ZERO);
        try (Receiver receiver = receiver()) {
            assertThat(receiver.receive(Duration.ZERO)).isNull();
            receiver.start();
            assertThat(receiver.receive(Duration.ZERO)).isNotNull();
        }
    }

    @Test
    void aBusWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new InProcessBus(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
