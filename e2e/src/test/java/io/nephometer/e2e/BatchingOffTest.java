// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However messages are grouped, and by however many they are worked on, the ledger says the same. */
@Tag("server")
class BatchingOffTest {
    private static final int MESSAGES = 500;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "max_messages: {0}, workers: {1}")
    @CsvSource({"1, 1", "500, 1", "1, 2", "500, 2"})
    void theLedgerIsTheSame(int maxMessages, int workers) throws Exception {
        Manifest manifest = Manifest.mixed(41, MESSAGES);
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue("grouped-" + maxMessages + "-" + workers)
                .withBatch(maxMessages, workers);
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            bus.publish(manifest.messages());
            bus.drain(setup, collector);
            bus.delete(setup.queue());
        }
        LedgerContent content = Promises.assertKept(setup, manifest, folder);
        assertThat(content.recovery()).hasSize(manifest.unreadable());
        assertThat(content.gaps()).isEmpty();
    }
}
