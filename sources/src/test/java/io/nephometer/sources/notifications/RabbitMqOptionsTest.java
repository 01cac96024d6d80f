// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.runtime.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RabbitMqOptionsTest {
    @Test
    void theDefaultsAreThoseOfTheManual() {
        RabbitMqOptions options = RabbitMqOptions.of("node1", "amqp://a:b@one,two/v", "amqp://a:b@three/v");
        assertThat(options.brokers()).extracting(Broker::host).containsExactly("one", "two", "three");
        assertThat(options.prefetch()).isEqualTo(1_000);
        assertThat(options.connectionName()).isEqualTo("nephometer collector @ node1");
        assertThat(options.tls()).isEqualTo(new TlsOptions(null, null, null, TlsOptions.Verification.FULL));
        assertThat(options.timing().heartbeat()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.timing().retryFirst()).isEqualTo(Duration.ofMillis(200));
        assertThat(options.timing().retryMost()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.timing().check()).isEqualTo(Duration.ofSeconds(2));
        Intake.OwnQueue own = (Intake.OwnQueue) options.intake();
        assertThat(own.queue()).isEqualTo("nephometer.notifications");
        assertThat(own.type()).isEqualTo(Intake.QueueType.CLASSIC);
        assertThat(own.maxBytes()).isEqualTo(2_147_483_648L);
        assertThat(own.subscription().exchanges())
                .hasSize(18)
                .contains("nova", "glance", "neutron", "cinder", "openstack", "keystone", "heat", "swift", "designate");
        assertThat(own.subscription().routingKeys())
                .containsExactly("notifications.info", "notifications.error", "notifications.sample");
        assertThat(options.toString()).doesNotContain(":b@");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        RabbitMqOptions options = RabbitMqOptions.of("node1", "amqp://one");
        assertThatThrownBy(() -> options.withPrefetch(0)).hasMessageContaining("prefetch");
        assertThatThrownBy(() -> options.withPrefetch(65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> RabbitMqOptions.of("node1")).hasMessageContaining("broker");
        assertThatThrownBy(() -> new Intake.ExistingQueues(List.of())).hasMessageContaining("queue");
        assertThatThrownBy(() -> new Intake.OwnQueue("q", Intake.QueueType.CLASSIC, 0, Subscription.defaults()))
                .hasMessageContaining("bound");
        assertThatThrownBy(() -> new Subscription(List.of("nova"), List.of(), List.of("info")))
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> new TlsOptions(null, Path.of("cert"), null, TlsOptions.Verification.FULL))
                .hasMessageContaining("key");
    }

    @Test
    void waitsBetweenConnectionsDoubleUpToTheirBound() {
        Reconnection reconnection = new Reconnection(LinkTiming.defaults(), new Random(7));
        long full = 200;
        for (int i = 0; i < 40; i++) {
            assertThat(reconnection.next().toMillis()).isBetween(full * 8 / 10 - 1, full);
            full = Math.min(5_000, full * 2);
        }
    }

    @Test
    void onlyAConnectionThatHeldStartsTheWaitsAnew() {
        Reconnection reconnection = new Reconnection(LinkTiming.defaults(), new Random(7));
        for (int i = 0; i < 10; i++) {
            reconnection.next();
        }
        reconnection.ended(Duration.ofSeconds(9));
        assertThat(reconnection.next()).isGreaterThan(Duration.ofSeconds(3));
        reconnection.ended(Duration.ofSeconds(10));
        assertThat(reconnection.next()).isLessThanOrEqualTo(Duration.ofMillis(200));
    }
}
