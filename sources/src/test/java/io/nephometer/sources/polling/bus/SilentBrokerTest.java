// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Slot;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.Broker;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody listens and says nothing: connecting takes its ten seconds, and who measures does not wait for it. */
class SilentBrokerTest {
    @Test
    void isReportedWhileConnectingGoesOn() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Broker> brokers = Broker.parse("amqp://guest:guest@127.0.0.1:" + silent.getLocalPort() + "/");
            try (RabbitMqCarrier carrier =
                    new RabbitMqCarrier(CarrierOptions.of("test", brokers), Ticker.system(), BusObserver.none())) {
                Slot slot = new Slot("s", Duration.ofMinutes(1), Instant.parse("2026-11-22T10:00:00Z"));
                List<PollingMessage> messages = List.of(new PollingMessage("id", slot, "cmp1", 1, "body"));
                CarryReport report = carrier.carry(messages);

                assertThat(report).isEqualTo(new CarryReport(messages, Trouble.UNREACHABLE, "still connecting"));
            }
        }
    }
}
