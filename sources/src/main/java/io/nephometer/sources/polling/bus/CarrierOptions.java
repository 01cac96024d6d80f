// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.sources.notifications.Broker;
import io.nephometer.sources.notifications.LinkTiming;
import java.time.Duration;
import java.util.List;

/**
 * Where messages go and how the broker is reached.
 *
 * @param brokers tried in turn; nodes of one cluster
 * @param exchange by Ceilometer's convention {@code ceilometer}
 * @param routingKey topic and priority: {@code notifications.sample}
 * @param absent what to do if the broker has no such exchange
 * @param confirmation how long the broker may take to confirm what was sent at once
 * @param connectionName how the broker's administrator sees us
 */
public record CarrierOptions(
        List<Broker> brokers,
        TlsOptions tls,
        LinkTiming timing,
        String exchange,
        String routingKey,
        AbsentExchange absent,
        Duration confirmation,
        String connectionName) {
    /** What to do if there is no such exchange. One that is there is used as it is, and never declared with other flags. */
    public enum AbsentExchange {
        /** Make one as OpenStack's services do unless told otherwise: a topic exchange that is not durable. */
        MAKE_TRANSIENT,
        /** Make a durable one, where services are set to {@code amqp_durable_queues}. */
        MAKE_DURABLE,
        /** Wait until somebody makes it. */
        WAIT
    }

    public CarrierOptions {
        brokers = List.copyOf(brokers);
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("at least one broker must be named");
        }
        if (exchange.isBlank() || routingKey.isBlank()) {
            throw new IllegalArgumentException("measurements need an exchange and a routing key");
        }
        if (confirmation.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("the broker gets at least 100 ms to confirm, not " + confirmation);
        }
    }

    /** Ceilometer's exchange and key, made transient if it is absent, and 5 s to confirm. */
    public static CarrierOptions of(String host, List<Broker> brokers) {
        return new CarrierOptions(
                brokers,
                TlsOptions.defaults(),
                LinkTiming.defaults(),
                "ceilometer",
                "notifications.sample",
                AbsentExchange.MAKE_TRANSIENT,
                Duration.ofSeconds(5),
                "nephometer compute @ " + host);
    }

    public CarrierOptions withExchange(String other, AbsentExchange ifAbsent) {
        return new CarrierOptions(brokers, tls, timing, other, routingKey, ifAbsent, confirmation, connectionName);
    }

    public CarrierOptions withRoutingKey(String other) {
        return new CarrierOptions(brokers, tls, timing, exchange, other, absent, confirmation, connectionName);
    }

    public CarrierOptions withTls(TlsOptions other) {
        return new CarrierOptions(brokers, other, timing, exchange, routingKey, absent, confirmation, connectionName);
    }

    public CarrierOptions withTiming(LinkTiming other) {
        return new CarrierOptions(brokers, tls, other, exchange, routingKey, absent, confirmation, connectionName);
    }

    public CarrierOptions withConfirmation(Duration other) {
        return new CarrierOptions(brokers, tls, timing, exchange, routingKey, absent, other, connectionName);
    }
}
