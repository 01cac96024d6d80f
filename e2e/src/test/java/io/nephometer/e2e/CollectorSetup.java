// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a collector of a test is configured.
 *
 * @param folder where its files are
 * @param broker address
 * @param store address
 * @param maxLengthBytes the bound of our queue
 * @param telemetryPort where its metrics are
 */
record CollectorSetup(
        Path folder,
        String broker,
        String store,
        String queue,
        int maxMessages,
        int workers,
        long maxLengthBytes,
        int telemetryPort) {
    /** Batches of 100 by one worker, into our own queue {@code notifications}. */
    static CollectorSetup of(Path folder, String broker, String store) {
        return new CollectorSetup(folder, broker, store, "notifications", 100, 1, 1L << 30, FreePorts.next());
    }

    CollectorSetup withQueue(String other) {
        return new CollectorSetup(folder, broker, store, other, maxMessages, workers, maxLengthBytes, telemetryPort);
    }

    CollectorSetup withBatch(int messages, int loops) {
        return new CollectorSetup(folder, broker, store, queue, messages, loops, maxLengthBytes, telemetryPort);
    }

    CollectorSetup withMaxLengthBytes(long bytes) {
        return new CollectorSetup(folder, broker, store, queue, maxMessages, workers, bytes, telemetryPort);
    }

    /** The same for a second process. */
    CollectorSetup twin() {
        return new CollectorSetup(folder, broker, store, queue, maxMessages, workers, maxLengthBytes, FreePorts.next());
    }

    /** Writes the configuration file. */
    Path write() throws IOException {
        return Files.writeString(folder.resolve("nephometer-" + telemetryPort + ".yaml"), """
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
                        store, workers, maxMessages, broker, queue, Manifest.EXCHANGES, maxLengthBytes, telemetryPort));
    }
}
