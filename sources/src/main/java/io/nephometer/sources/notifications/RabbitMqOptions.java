// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.runtime.tls.TlsOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * How a {@link RabbitMqReceiver} reaches the bus and what it takes from it.
 *
 * @param brokers tried in turn; nodes of one cluster
 * @param intake our own queue, or existing ones
 * @param prefetch how many messages of a queue may be with us unsettled, if they are not too large. At least two batches, so
 *     that the next one arrives while one is being written
 * @param maxHeldBytes how large the bodies may be together that are with us unsettled. A single larger one is taken alone
 * @param tls for addresses that begin with {@code amqps}
 * @param connectionName how the broker's administrator sees us
 */
public record RabbitMqOptions(
        List<Broker> brokers,
        Intake intake,
        int prefetch,
        long maxHeldBytes,
        TlsOptions tls,
        LinkTiming timing,
        String connectionName) {
    /** 48 MiB: leaves room for the batch in work where the whole process has 256. */
    public static final long MAX_HELD_BYTES = 48L << 20;

    private static final int PREFETCH = 1_000;
    /** AMQP carries it in 16 bits. */
    private static final int MAX_PREFETCH = 65_535;

    public RabbitMqOptions {
        brokers = List.copyOf(brokers);
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("at least one broker must be named");
        }
        if (prefetch < 1 || prefetch > MAX_PREFETCH) {
            throw new IllegalArgumentException("prefetch is between 1 and " + MAX_PREFETCH + ", not " + prefetch);
        }
        if (maxHeldBytes < 1) {
            throw new IllegalArgumentException("at least one byte must be held, not " + maxHeldBytes);
        }
    }

    /** Our own queue with its defaults on the brokers of these URLs; see {@link Broker#parse}. */
    public static RabbitMqOptions of(String host, String... urls) {
        List<Broker> brokers = new ArrayList<>();
        for (String url : urls) {
            brokers.addAll(Broker.parse(url));
        }
        return new RabbitMqOptions(
                brokers,
                Intake.OwnQueue.defaults(),
                PREFETCH,
                MAX_HELD_BYTES,
                TlsOptions.defaults(),
                LinkTiming.defaults(),
                "nephometer collector @ " + host);
    }

    public RabbitMqOptions withIntake(Intake other) {
        return new RabbitMqOptions(brokers, other, prefetch, maxHeldBytes, tls, timing, connectionName);
    }

    public RabbitMqOptions withPrefetch(int other) {
        return new RabbitMqOptions(brokers, intake, other, maxHeldBytes, tls, timing, connectionName);
    }

    public RabbitMqOptions withMaxHeldBytes(long other) {
        return new RabbitMqOptions(brokers, intake, prefetch, other, tls, timing, connectionName);
    }

    public RabbitMqOptions withTls(TlsOptions other) {
        return new RabbitMqOptions(brokers, intake, prefetch, maxHeldBytes, other, timing, connectionName);
    }

    public RabbitMqOptions withTiming(LinkTiming other) {
        return new RabbitMqOptions(brokers, intake, prefetch, maxHeldBytes, tls, other, connectionName);
    }
}
