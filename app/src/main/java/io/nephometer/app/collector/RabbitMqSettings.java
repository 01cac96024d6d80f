// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.app.config.BatchConfig;
import io.nephometer.app.config.RabbitMqSourceConfig;
import io.nephometer.app.config.TlsConfig;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.sources.notifications.Broker;
import io.nephometer.sources.notifications.Intake;
import io.nephometer.sources.notifications.LinkTiming;
import io.nephometer.sources.notifications.RabbitMqOptions;
import io.nephometer.sources.notifications.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the configuration of a broker to the options of its receiver. */
final class RabbitMqSettings {
    private RabbitMqSettings() {}

    static RabbitMqOptions options(RabbitMqSourceConfig config, BatchConfig batch, long heldBytes, String host) {
        LinkTiming usual = LinkTiming.defaults();
        LinkTiming timing = new LinkTiming(
                config.heartbeat(),
                config.connectTimeout(),
                usual.answer(),
                usual.retryFirst(),
                usual.retryMost(),
                usual.check(),
                usual.absentMost());
        return new RabbitMqOptions(
                brokers(config),
                intake(config),
                prefetch(config, batch),
                heldBytes,
                tls(config.tls()),
                timing,
                "nephometer collector @ " + host);
    }

    private static List<Broker> brokers(RabbitMqSourceConfig config) {
        List<Broker> brokers = Broker.parse(config.url().reveal());
        Secret password = config.password();
        return password == null
                ? brokers
                : brokers.stream()
                        .map(broker -> broker.withPassword(password.reveal()))
                        .toList();
    }

    private static Intake intake(RabbitMqSourceConfig config) {
        return switch (config.use()) {
            case EXISTING -> new Intake.ExistingQueues(List.of(config.queue()));
            case OWN ->
                new Intake.OwnQueue(
                        config.queue(),
                        switch (config.type()) {
                            case QUORUM -> Intake.QueueType.QUORUM;
                            case CLASSIC -> Intake.QueueType.CLASSIC;
                        },
                        config.maxLengthBytes().bytes(),
                        new Subscription(config.exchanges(), config.topics(), config.priorities()));
        };
    }

    /** Two batches, so that the next one arrives while one is being written. */
    private static int prefetch(RabbitMqSourceConfig config, BatchConfig batch) {
        Integer prefetch = config.prefetch();
        return prefetch != null ? prefetch : Math.clamp(2L * batch.maxMessages(), 1, 65_535);
    }

    private static TlsOptions tls(@Nullable TlsConfig tls) {
        return tls == null ? TlsOptions.defaults() : tls.options();
    }
}
