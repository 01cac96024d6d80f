// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.sources.notifications.Broker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One RabbitMQ broker or cluster, and the queue on it. */
public record RabbitMqSourceConfig(
        @Doc("The brokers, in the form of OpenStack's transport_url:"
                + " rabbit://user:password@one:5672,user:password@two:5672/vhost. amqp:// and amqps:// (TLS) are"
                + " taken too.")
        @Example("rabbit://nephometer@rabbit.example.org:5672/")
        ConnectionUrl url,

        @Doc("The password, so that it need not stand in the URL: ${VARIABLE} or file:/path.")
        @Example("file:/etc/nephometer/rabbitmq-password")
        @Nullable Secret password,

        @Doc("The queue to consume; for several existing ones list the broker several times.")
        @Default("nephometer.notifications")
        String queue,

        @Doc("own: we declare the queue, bounded, and bind it to the services' exchanges."
                + " existing: we consume it as it is and declare nothing.")
        @Default("own")
        QueueUse use,

        @Doc("How our own queue is kept: classic (on one node) or quorum (replicated over the nodes of a cluster)."
                + " A queue that exists keeps its type: delete it first.")
        @Default("classic")
        QueueType type,

        @Doc("Bytes that our own queue may hold. What is beyond is dropped at the head and recorded as a gap:"
                + " the broker belongs to the control plane.")
        @Default("2GiB")
        @Between(min = "1MiB", max = "1TiB")
        ByteSize maxLengthBytes,

        @Doc("Exchanges of the services to bind our own queue to. They are never created by us; one that is missing is"
                + " waited for.")
        @Default("[nova, glance, neutron, cinder, openstack, keystone, heat, swift, ceilometer, trove, magnum, zaqar,"
                + " dns, designate, ironic, aodh, octavia, manila]")
        List<String> exchanges,

        @Doc("Topics of notifications; the routing key is topic.priority.") @Default("[notifications]")
        List<String> topics,

        @Doc("Priorities to bind for each topic.") @Default("[info, error, sample]")
        List<String> priorities,

        @Doc("Messages that the broker may send ahead of acknowledgement. Not set: twice the batch.")
        @Example("1000")
        @Between(min = "1", max = "65535")
        @Nullable Integer prefetch,

        @Doc("How long to wait for a broker before the next one is tried.")
        @Default("10s")
        @Between(min = "100ms", max = "5m")
        Duration connectTimeout,

        @Doc("Interval of the connection's heartbeat.") @Default("30s") @Between(min = "1s", max = "10m")
        Duration heartbeat,

        @Doc("Certificates and keys, for amqps.") @Nullable TlsConfig tls,

        @Doc("Whether its notifications of instances are told to the shared cache, if collector.notification_feed"
                + " is on. Not so for the broker of another region than that of the cache.")
        @Default("true")
        boolean feedsCache,

        @Doc("When a batch of this source is full; what is left out has the default, not collector.batch's value.")
        @Nullable BatchConfig batch) {
    public RabbitMqSourceConfig {
        exchanges = List.copyOf(exchanges);
        topics = List.copyOf(topics);
        priorities = List.copyOf(priorities);
        checkUrl(url);
        if (tls != null && !url.scheme().equals("amqps")) {
            throw new InvalidSetting("tls", "expected an address that begins with amqps://, or else no tls");
        }
        if (queue.isBlank()) {
            throw new InvalidSetting("queue", "expected the name of a queue");
        }
        if (use == QueueUse.OWN && (exchanges.isEmpty() || topics.isEmpty() || priorities.isEmpty())) {
            throw new InvalidSetting("exchanges", "our own queue needs at least one exchange, topic and priority");
        }
    }

    private static void checkUrl(ConnectionUrl url) {
        try {
            Broker.parse(url.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("url", String.valueOf(e.getMessage()));
        }
    }

    /** Whose the queue is. */
    public enum QueueUse {
        OWN,
        EXISTING
    }

    /** How RabbitMQ keeps the queue. */
    public enum QueueType {
        QUORUM,
        CLASSIC
    }
}
