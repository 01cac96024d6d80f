// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store is away for so long that our queue reaches its bound. */
@Tag("server")
class OverflowTest {
    private static final int MESSAGES = 1_000;
    private static final long BOUND = 1L << 20;

    @TempDir
    private Path folder;

    @Test
    void theServicesAreNotBlockedAndWhatOverflowedIsACountedGap() throws Exception {
        Manifest manifest = Manifest.plain(51, MESSAGES);
        long bytes = manifest.messages().stream()
                .mapToLong(message -> message.body().size())
                .sum();
        assertThat(bytes).isGreaterThan(2 * BOUND);
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue("overflowing")
                .withMaxLengthBytes(BOUND);
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            Servers.postgres().stop();
            bus.publish(manifest.messages().subList(0, 1));
            collector.awaitLog("Store unavailable");

            bus.publish(manifest.messages().subList(1, MESSAGES)); // the broker took them all

            Servers.postgres().start();
            collector.awaitLog("Store takes batches");
            Await.until(
                    "the gap is counted and over",
                    collector::log,
                    () -> LedgerContent.read(setup.store()).gaps().stream().anyMatch(gap -> gap.ended() != null));
            bus.drain(setup, collector);
            bus.delete(setup.queue());
        }
        LedgerContent content = LedgerContent.read(setup.store());
        assertThat(content.doubled()).isEmpty();
        int lost = content.lost(manifest).size();
        assertThat(lost).isPositive();
        // One gap, or several if the broker took its time between messages.
        assertThat(content.gaps()).isNotEmpty().allSatisfy(gap -> {
            assertThat(gap.key().kind()).isEqualTo("OVERFLOW");
            assertThat(gap.key().subject()).isEqualTo("overflowing");
            assertThat(gap.atLeast()).isFalse();
        });
        assertThat(content.gaps().stream()
                        .mapToLong(gap -> Objects.requireNonNull(gap.lost()))
                        .sum())
                .isEqualTo(lost);
    }
}
