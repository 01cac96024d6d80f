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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The broker to which polled samples go, as {@code telemetry.polling} notifications. */
public record SampleBusConfig(
        @Doc("The brokers, in the form of OpenStack's transport_url; amqps:// for TLS.")
        @Example("rabbit://nephometer@rabbit.example.org:5672/")
        ConnectionUrl url,

        @Doc("The password, so that it need not stand in the URL: ${VARIABLE} or file:/path.")
        @Example("file:/etc/nephometer/rabbitmq-password")
        @Nullable Secret password,

        @Doc("The exchange; collectors bind their queue to it.") @Default("ceilometer")
        String exchange,

        @Doc("Topic of the routing key, which is topic.sample.") @Default("notifications")
        String topic,

        @Doc(
                "Whether samples go without metadata, which collectors join from the shared cache: a tenth of the bytes, and this agent"
                        + " asks neither Nova nor the cache. For collectors of Nephometer alone, with global_resource_cache.")
        @Default("false")
        boolean bare,

        @Doc("Whether each sample carries an HMAC-SHA256 of its content, in Ceilometer's form.") @Default("false")
        boolean sign,

        @Doc("Its key, shared with the collectors.") @Example("file:/etc/nephometer/telemetry-secret") @Nullable Secret telemetrySecret,

        @Doc("Where samples wait on disk while no broker takes them.") @Default("/var/lib/nephometer/spool")
        Path spool,

        @Doc("Bytes that may wait there; beyond, the oldest are dropped and counted.")
        @Default("200MB")
        @Between(min = "1MB", max = "100GB")
        ByteSize spoolMaxBytes,

        @Doc("How long to wait for a broker before the next one is tried.")
        @Default("10s")
        @Between(min = "100ms", max = "5m")
        Duration connectTimeout,

        @Doc("Interval of the connection's heartbeat.") @Default("30s") @Between(min = "1s", max = "10m")
        Duration heartbeat,

        @Doc("Certificates and keys, for amqps.") @Nullable TlsConfig tls) {
    /** AMQP gives names one byte for their length. */
    private static final int MOST_BYTES = 255;

    public SampleBusConfig {
        named("exchange", exchange, "");
        named("topic", topic, ".sample");
        try {
            Broker.parse(url.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("url", String.valueOf(e.getMessage()));
        }
        if (tls != null && !url.scheme().equals("amqps")) {
            throw new InvalidSetting("tls", "expected an address that begins with amqps://, or else no tls");
        }
        if (sign && (telemetrySecret == null || telemetrySecret.reveal().isEmpty())) {
            throw new InvalidSetting("telemetry_secret", "a signature needs a secret: set it, or sign: false");
        }
    }

    private static void named(String component, String name, String suffix) {
        if (name.isBlank() || (name + suffix).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new InvalidSetting(component, "expected a name of 1 to " + (MOST_BYTES - suffix.length()) + " bytes");
        }
    }
}
