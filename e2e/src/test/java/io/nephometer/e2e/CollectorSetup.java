// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a collector of a test is configured.
 *
 * @param folder where its files are
 * @param broker address
 * @param store address
 * @param maxLengthBytes the bound of our queue
 * @param telemetryPort where its metrics are
 * @param redis what notifications of instances are told to; null if to nobody
 */
record CollectorSetup(
        Path folder,
        String broker,
        String store,
        String queue,
        int maxMessages,
        int workers,
        long maxLengthBytes,
        int telemetryPort,
        @Nullable String redis) {
    /** Where the services of another region would be. */
    static final String ELSEWHERE = "nova-elsewhere";

    /** Batches of 100 by one worker, into our own queue {@code notifications}. */
    static CollectorSetup of(Path folder, String broker, String store) {
        return new CollectorSetup(folder, broker, store, "notifications", 100, 1, 1L << 30, FreePorts.next(), null);
    }

    CollectorSetup withQueue(String other) {
        return new CollectorSetup(
                folder, broker, store, other, maxMessages, workers, maxLengthBytes, telemetryPort, redis);
    }

    CollectorSetup withBatch(int messages, int loops) {
        return new CollectorSetup(folder, broker, store, queue, messages, loops, maxLengthBytes, telemetryPort, redis);
    }

    CollectorSetup withMaxLengthBytes(long bytes) {
        return new CollectorSetup(folder, broker, store, queue, maxMessages, workers, bytes, telemetryPort, redis);
    }

    /** Tells a shared cache, and consumes from a second region that does not. */
    CollectorSetup feeding(String url) {
        return new CollectorSetup(
                folder, broker, store, queue, maxMessages, workers, maxLengthBytes, telemetryPort, url);
    }

    /** The same for a second process. */
    CollectorSetup twin() {
        return new CollectorSetup(
                folder, broker, store, queue, maxMessages, workers, maxLengthBytes, FreePorts.next(), redis);
    }

    /** Writes the configuration file. */
    Path write() throws IOException {
        return Files.writeString(folder.resolve("nephometer-" + telemetryPort + ".yaml"), text());
    }

    private String text() {
        String plain = """
                store:
                  url: %s
                collector:
                  workers: %d
                  batch:
                    max_messages: %d
                    timeout: 200ms
                  rabbitmq:
                    - url: %s
                      queue: %s
                      exchanges: %s
                      topics: [notifications, versioned_notifications]
                      max_length_bytes: %dB
                telemetry:
                  port: %d
                """.formatted(
                        store, workers, maxMessages, broker, queue, Manifest.EXCHANGES, maxLengthBytes, telemetryPort);
        return redis == null
                ? plain
                : plain.replace("  rabbitmq:\n", feed()) + """
                inventory:
                  global_resource_cache: true
                shared_cache:
                  url: %s
                  space: %s
                """.formatted(redis, RefresherLoop.SPACE);
    }

    private String feed() {
        return """
                  notification_feed: true
                  rabbitmq:
                    - url: %s
                      queue: %s-elsewhere
                      exchanges: [%s]
                      feeds_cache: false
                """.formatted(broker, queue, ELSEWHERE);
    }
}
