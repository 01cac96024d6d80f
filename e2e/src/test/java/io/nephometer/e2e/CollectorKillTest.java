// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.RawMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The collector dies by {@code kill -9}, many times in a run: inside an open transaction, between commit and acknowledgement,
 * and at moments that nobody chose. What it has counted in the end is what a run without faults counts.
 */
@Tag("server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CollectorKillTest {
    private static final int MESSAGES = 3_000;

    private static int kills;
    private static int killsInTransaction;
    private static int killsBeforeAcknowledgement;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "batches of {0}, workers: {1}")
    @CsvSource({"20, 1", "20, 2", "100, 1", "100, 2"})
    @Order(1)
    void nothingIsLostOrCountedTwice(int batch, int workers) throws Exception {
        Manifest manifest = Manifest.mixed(batch + workers, MESSAGES);
        String database = Servers.newDatabase();
        assertThat(Servers.postgres().sql(database, "SHOW fsync")).isEqualTo("on");
        CollectorSetup setup = CollectorSetup.of(
                        folder, Servers.rabbit().url(), Servers.postgres().url(database))
                .withQueue("killed-" + batch + "-" + workers)
                .withBatch(batch, workers);

        double redelivered = killAgainAndAgain(setup, manifest, database, new KillPlan(batch * 10L + workers));

        LedgerContent content = Promises.assertKept(setup, manifest, folder);
        assertThat(content.events()).hasSize(manifest.notifications().size());
        assertThat(content.recovery()).hasSize(manifest.unreadable());
        assertThat(Servers.count(database, "SELECT count(*) - count(DISTINCT message_key) FROM events"))
                .isZero();
        assertThat(redelivered).isPositive();
        assertThat(Servers.count(database, "SELECT sum(duplicates) FROM consumers"))
                .as("messages that were committed, not acknowledged, and came again")
                .isGreaterThan(manifest.duplicates());
    }

    @Test
    @Order(2)
    void thereWereEnoughKillsOfEachKind() {
        assertThat(kills).isGreaterThanOrEqualTo(50);
        assertThat(killsInTransaction).isGreaterThanOrEqualTo(10);
        assertThat(killsBeforeAcknowledgement).isGreaterThanOrEqualTo(10);
    }

    /** How many messages came again, as the collectors counted them before they died. */
    private static double killAgainAndAgain(CollectorSetup setup, Manifest manifest, String database, KillPlan plan)
            throws Exception {
        double redelivered = 0;
        try (Bus bus = new Bus(Servers.rabbit())) {
            for (int kill = 0; kill < KillPlan.KILLS; kill++) {
                HaltPoint point = KillPlan.point(kill);
                try (CollectorProcess collector =
                        point == null ? CollectorProcess.start(setup) : CollectorProcess.start(setup, point)) {
                    collector.awaitConnected();
                    bus.publish(portion(manifest, kill));
                    if (point == null) {
                        assertThat(collector.survives(Duration.ofMillis(plan.randomMillis())))
                                .isTrue();
                    } else {
                        collector.awaitHalted();
                        redelivered += collector.metric("nephometer_rabbitmq_redelivered_total");
                        note(point, database);
                    }
                    collector.kill();
                    kills++;
                }
            }
            bus.publish(portion(manifest, KillPlan.KILLS));
            try (CollectorProcess collector = CollectorProcess.start(setup)) {
                collector.awaitConnected();
                bus.drain(setup, collector);
            }
            bus.delete(setup.queue());
        }
        return redelivered;
    }

    /** The part of the manifest that is sent when the collector of this number runs. */
    private static List<RawMessage> portion(Manifest manifest, int number) {
        int size = manifest.messages().size();
        int parts = KillPlan.KILLS + 1;
        return manifest.messages().subList(size * number / parts, size * (number + 1) / parts);
    }

    private static void note(HaltPoint point, String database) {
        if (point.isInTransaction()) {
            assertThat(Servers.count(
                            database,
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND state = 'idle in transaction'"))
                    .as("transactions that the server sees open at " + point)
                    .isPositive();
            killsInTransaction++;
        } else {
            killsBeforeAcknowledgement++;
        }
    }
}
