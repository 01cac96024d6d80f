// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import com.rabbitmq.client.Connection;
import io.nephometer.app.Assembly;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.benchmarks.TemporaryFolder;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A collector in this process, put together as {@code ./nephometer run} does, that tells a shared cache. Its ledger is one file. */
record FeedingCollector(PrivateRabbitMq broker, String redis, TemporaryFolder folder) {
    static final String SPACE = "benchmark";
    private static final String QUEUE = "feed-latency";
    private static final long LIMIT_S = 60;
    private static final long GLANCE_MS = 100;

    Lifecycle start() throws Exception {
        Path file = Files.writeString(folder.file("collector.yaml"), """
                roles: [collector]
                store: {url: 'sqlite:%s'}
                telemetry: {enabled: false}
                inventory: {global_resource_cache: true}
                shared_cache: {url: '%s', space: %s}
                collector:
                  notification_feed: true
                  rabbitmq:
                    - {url: 'amqp://guest:guest@127.0.0.1:%d/%%2F', queue: %s, exchanges: [nova]}
                """.formatted(
                        folder.file("ledger.db"), redis, SPACE, broker.port(), QUEUE));
        Configuration config = ConfigurationFile.read(file).value();
        Lifecycle collector = new Assembly(config).assemble(Set.of(Role.COLLECTOR), "bench");
        collector.start();
        return collector;
    }

    /** Returns when it has its queue and waits for messages. */
    void awaitConsumer() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        try (Connection connection = broker.connection("look")) {
            while (!hasConsumer(connection)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("no collector at the queue after " + LIMIT_S + " s");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GLANCE_MS));
            }
        }
    }

    /** A look at a queue that is not there ends the channel. */
    private static boolean hasConsumer(Connection connection) {
        try {
            return connection.createChannel().consumerCount(QUEUE) > 0;
        } catch (IOException _) {
            return false;
        }
    }
}
