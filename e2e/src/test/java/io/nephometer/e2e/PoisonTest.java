// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.Event;
import io.nephometer.model.Failure;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.RecoveryEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message among two hundred that cannot be processed, in batches of a hundred. */
@Tag("server")
class PoisonTest {
    private static final int POISONED = 130;

    @TempDir
    private Path folder;

    @Test
    void anUnreadableMessageWaitsInRecoveryAndItsNeighboursGoThroughOnce() throws Exception {
        Manifest others = Manifest.plain(21, 199);
        RawMessage unreadable = new RawMessage(
                "nova", "notifications.info", Map.of(), Bytes.copyOf(new byte[] {'{', (byte) 0xFF, (byte) 0xFE, 0}));
        Manifest sent = others.with(unreadable, POISONED);
        CollectorSetup setup = setup("unreadable");

        deliver(setup, sent);

        LedgerContent content = LedgerContent.read(setup.store());
        assertOnce(content, others);
        assertThat(content.recovery()).singleElement().satisfies(entry -> {
            assertThat(entry.message().body()).isEqualTo(unreadable.body());
            assertThat(entry.eventOnly()).isFalse();
            assertThat(entry.seen()).isEqualTo(1);
        });
        assertThat(content.differences(new LedgerContent(
                        LedgerContent.undisturbed(others, folder).events(),
                        LedgerContent.undisturbed(others, folder).samples(),
                        content.recovery(),
                        List.of())))
                .isEmpty();
    }

    @Test
    void anEventThatTheStoreRefusesWaitsInRecoveryAndIsMeteredAllTheSame() throws Exception {
        Manifest healthy = Manifest.plain(22, 200);
        LedgerContent undisturbed = LedgerContent.undisturbed(healthy, folder);
        String id = metered(undisturbed);
        Manifest sent = withNulInTrait(healthy, id);
        CollectorSetup setup = setup("refused");

        deliver(setup, sent);

        LedgerContent content = LedgerContent.read(setup.store());
        assertThat(content.events()).hasSize(199);
        assertThat(content.doubled()).isEmpty();
        assertThat(content.lost(sent)).isEmpty();
        assertThat(content.recovery()).singleElement().satisfies(entry -> assertRefused(entry, id));
        assertThat(content.sums()).isEqualTo(undisturbed.sums());
        assertThat(content.samples()).anyMatch(sample -> isOf(sample, id));
    }

    private static void assertRefused(RecoveryEntry entry, String id) {
        assertThat(entry.messageId()).isEqualTo(id);
        assertThat(entry.eventOnly()).isTrue();
        assertThat(entry.failure().kind()).isEqualTo(Failure.Kind.EVENT_REJECTED);
        assertThat(entry.seen()).isEqualTo(1);
    }

    /** The id of a notification about an instance that gives samples. */
    private static String metered(LedgerContent content) {
        for (Event event : content.events()) {
            String id = event.id().text();
            if (event.type().startsWith("compute.instance.")
                    && content.samples().stream().anyMatch(sample -> isOf(sample, id))) {
                return id;
            }
        }
        throw new AssertionError("no metered notification of an instance among the first recorded ones");
    }

    private static boolean isOf(Sample sample, String id) {
        return sample.origin() instanceof Sample.Origin.Derived derived
                && derived.message().text().equals(id);
    }

    /** NUL is legal in JSON, and no database stores it in a text. */
    private static Manifest withNulInTrait(Manifest manifest, String id) {
        List<RawMessage> messages = new ArrayList<>(manifest.messages());
        for (int i = 0; i < messages.size(); i++) {
            String body = messages.get(i).body().toText();
            if (body.contains(id)) {
                String poisoned = body.replace("\\\"state_description\\\"", "\\\"other\\\"")
                        .replaceFirst("(\\\\\"state\\\\\": \\\\\")([a-z]+)", "$1$2" + "\\\\\\\\u0000");
                assertThat(poisoned).isNotEqualTo(body);
                messages.set(i, messages.get(i).withBody(Bytes.utf8(poisoned)));
            }
        }
        return new Manifest(
                messages, manifest.notifications(), manifest.polled(), manifest.unreadable(), manifest.duplicates());
    }

    private static void assertOnce(LedgerContent content, Manifest manifest) {
        assertThat(content.events()).hasSize(manifest.notifications().size());
        assertThat(content.lost(manifest)).isEmpty();
        assertThat(content.doubled()).isEmpty();
    }

    private CollectorSetup setup(String queue) {
        return CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue(queue)
                .withBatch(100, 1);
    }

    private static void deliver(CollectorSetup setup, Manifest sent) throws Exception {
        try (Bus bus = new Bus(Servers.rabbit());
                CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            bus.publish(sent.messages());
            bus.drain(setup, collector);
            bus.delete(setup.queue());
        }
    }
}
