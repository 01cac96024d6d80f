// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration file of the collector that drains: where broker and store are, and no more than was asked to differ from
 * the defaults.
 *
 * @param workers as the setting of that name; 0 for its default
 */
record CollectorConfiguration(String broker, String store, int workers) {
    /** Writes it to a temporary file. */
    Path write() throws IOException {
        Path file = Files.createTempFile("nephometer-bench-", ".yaml");
        String others = workers == 0 ? "" : "  workers: " + workers + "\n";
        return Files.writeString(file, """
                roles: [collector]
                store:
                  url: %s
                telemetry:
                  enabled: false
                collector:
                %s  rabbitmq:
                    - url: %s
                """.formatted(store, others, broker));
    }
}
