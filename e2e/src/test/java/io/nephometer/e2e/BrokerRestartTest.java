// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.RecordedGap;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker restarts while services send. It forgets their exchanges, which are not durable, and our bindings with them; what
 * they send until we have bound again reaches no queue, and nobody can get it back.
 */
@Tag("server")
class BrokerRestartTest {
    private static final int MESSAGES = 2_000;
    private static final int BEFORE_RESTART = 400;

    @TempDir
    private Path folder;

    @Test
    void whatWasRoutedToUsIsThereAndTheRestIsAGap() throws Exception {
        Manifest manifest = Manifest.plain(61, MESSAGES);
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(Servers.newDatabase()))
                .withQueue("restarted");
        new Bus(Servers.rabbit()).close();
        RoutedPublisher services = new RoutedPublisher(Servers.rabbit(), manifest.messages());
        try (CollectorProcess collector = CollectorProcess.start(setup)) {
            collector.awaitConnected();
            Thread sending = Thread.ofPlatform().start(services);
            Await.until("half sent", collector::log, () -> services.answered() > BEFORE_RESTART);

            Servers.rabbit().restart();

            sending.join();
            assertThat(services.sent()).hasSize(MESSAGES);
            try (Bus bus = new Bus(Servers.rabbit())) {
                awaitGapsEnded(setup, collector);
                bus.drain(setup, collector);
                bus.delete(setup.queue());
            }
        }
        LedgerContent content = LedgerContent.read(setup.store());
        assertThat(content.doubled()).isEmpty();
        Set<String> lost = content.lost(manifest);
        List<RoutedPublisher.Sent> missing = missing(manifest, services.sent(), lost);
        assertThat(services.sent().getLast().fate())
                .as("we were bound again while messages came")
                .isEqualTo(RoutedPublisher.Fate.ROUTED);
        System.out.println("Broker restarted: " + missing.size() + " of " + MESSAGES + " reached no queue of ours");
        assertThat(missing).noneMatch(sent -> sent.fate() == RoutedPublisher.Fate.ROUTED);
        assertThat(missing).allSatisfy(sent -> assertThat(content.gaps()).anyMatch(gap -> covers(gap, sent)));
        assertThat(content.gaps()).anyMatch(gap -> gap.key().kind().equals("BROKER_RESTARTED"));
    }

    /** The collector knows all exchanges again, and has said so. */
    private static void awaitGapsEnded(CollectorSetup setup, CollectorProcess collector) {
        Await.until("gaps recorded and over", collector::log, () -> {
            List<RecordedGap> gaps = LedgerContent.read(setup.store()).gaps();
            Set<String> subjects = new HashSet<>();
            gaps.forEach(gap -> subjects.add(gap.key().subject()));
            return subjects.containsAll(Manifest.EXCHANGES) && gaps.stream().allMatch(gap -> gap.ended() != null);
        });
    }

    private static List<RoutedPublisher.Sent> missing(
            Manifest manifest, List<RoutedPublisher.Sent> sent, Set<String> lost) {
        return sent.stream()
                .filter(one -> lost.contains(
                        manifest.notifications().get(manifest.messages().indexOf(one.message()))))
                .toList();
    }

    private static boolean covers(RecordedGap gap, RoutedPublisher.Sent sent) {
        Instant ended = gap.ended();
        return gap.key().subject().equals(sent.message().exchange())
                && !gap.key().began().isAfter(sent.at())
                && ended != null
                && !ended.isBefore(sent.at().truncatedTo(ChronoUnit.MICROS));
    }
}
