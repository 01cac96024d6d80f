// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.RawMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More bytes wait in our queue than the collector has memory: 300 MB of large messages for a heap of 256 MB. */
@Tag("server")
class LargeBacklogTest {
    private static final int LARGE_ONES = 60;
    private static final int SMALL_ONES = 200;
    private static final int BYTES = 5_000_000;
    private static final String FILLING = "x".repeat(BYTES);

    @TempDir
    private Path folder;

    @Test
    void aBacklogLargerThanTheHeapIsDrainedByOneProcess() throws Exception {
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue("large");
        Manifest small = Manifest.plain(61, SMALL_ONES);
        List<String> ids = new ArrayList<>(small.notifications());
        try (Bus bus = new Bus(Servers.rabbit())) {
            try (CollectorProcess first = CollectorProcess.start(setup)) {
                first.awaitConnected().stop(); // our queue is there
            }
            bus.publish(small.messages());
            for (int i = 0; i < LARGE_ONES; i++) {
                String id = new UUID(61, i).toString();
                ids.add(id);
                bus.publish(List.of(large(id)));
            }
            assertThat(bus.waiting(setup.queue())).isEqualTo(SMALL_ONES + LARGE_ONES);

            try (CollectorProcess collector = CollectorProcess.start(setup)) {
                bus.awaitEmpty(setup, collector);
                collector.stop();
                assertThat(collector.log()).doesNotContain("OutOfMemoryError").containsOnlyOnce("Connected to ");
            }
            assertThat(bus.waiting(setup.queue())).isZero();
            bus.delete(setup.queue());
        }
        LedgerContent content = LedgerContent.read(setup.store());
        assertThat(content.lost(new Manifest(List.of(), ids, List.of(), 0, 0))).isEmpty();
        assertThat(content.doubled()).isEmpty();
        assertThat(content.recovery()).isEmpty();
        assertThat(content.gaps()).isEmpty();
        assertThat(content.events()).hasSize(ids.size());
    }

    private static RawMessage large(String id) {
        return OsloMessage.of(
                "nova",
                "notifications.info",
                Map.of(
                        "message_id", id,
                        "publisher_id", "compute.large",
                        "event_type", "large.described",
                        "priority", "INFO",
                        "timestamp", "2026-01-02 03:04:05.000006",
                        "payload", Map.of("description", FILLING)));
    }
}
