// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.CommitStep;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two collectors on one queue and one ledger; one of them dies, and the other does what it left. */
@Tag("server")
class TwoCollectorsTest {
    private static final int MESSAGES = 1_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOtherDoesWhatTheDeadOneLeft(boolean inTransaction) throws Exception {
        Manifest manifest = Manifest.mixed(inTransaction ? 31 : 32, MESSAGES);
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue("shared-" + inTransaction)
                .withBatch(50, 1);
        HaltPoint point = inTransaction ? HaltPoint.after(CommitStep.LOG, 2) : HaltPoint.beforeAcknowledgement(2);
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess survivor = CollectorProcess.start(setup);
                CollectorProcess victim = CollectorProcess.start(setup.twin(), point)) {
            survivor.awaitConnected();
            victim.awaitConnected();

            bus.publish(manifest.messages());
            victim.awaitHalted().kill();

            Await.until(
                    "the survivor got what the dead one held",
                    survivor::log,
                    () -> survivor.metric("nephometer_rabbitmq_redelivered_total") > 0);
            bus.drain(setup, survivor);
            bus.delete(setup.queue());
        }
        LedgerContent content = Promises.assertKept(setup, manifest, folder);
        assertThat(content.events()).hasSize(manifest.notifications().size());
    }
}
