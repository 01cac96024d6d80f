// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PrivateRabbitMqTest {
    @Test
    void durableMessagesOutliveStopAndKill() throws Exception {
        try (PrivateRabbitMq rabbit = new PrivateRabbitMq()) {
            rabbit.start();
            try (Connection connection = rabbit.connection("test");
                    Channel channel = connection.createChannel()) {
                channel.queueDeclare("kept", true, false, false, Map.of());
                channel.confirmSelect();
                channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
                channel.waitForConfirmsOrDie(10_000);
            }
            rabbit.restart();
            assertThat(depth(rabbit)).isEqualTo(1);

            rabbit.kill();
            assertThat(rabbit.isRunning()).isFalse();
            assertThatThrownBy(() -> rabbit.connection("test")).isInstanceOf(ConnectException.class);

            rabbit.start();
            assertThat(depth(rabbit)).isEqualTo(1);
            assertThat(rabbit.control("list_users")).contains("guest");
        }
    }

    @Test
    void mayBeClosedBeforeStartAndTwice() {
        PrivateRabbitMq rabbit = new PrivateRabbitMq();
        rabbit.close();
        rabbit.close();
        assertThat(rabbit.isRunning()).isFalse();
    }

    private static long depth(PrivateRabbitMq rabbit) throws Exception {
        try (Connection connection = rabbit.connection("test");
                Channel channel = connection.createChannel()) {
            return channel.messageCount("kept");
        }
    }
}
